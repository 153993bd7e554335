import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';

import {
  addMonths,
  allocate,
  checkPolicyTerm,
  checkResidentId,
  convert,
  EndOfMonth,
  explainProduct,
  mask,
  multiply,
  overlap,
  round,
  RoundingMode,
  RuleSet,
  split,
  sum,
  summarise,
  version,
} from 'crm-core';

import core from '../lib/core.cjs';

import { isRefused, refused } from './refused.mjs';

const { given } = core;

const money = (amount, currency = 'CNY') => ({ amount, currency });
const cents = { mode: RoundingMode.HalfUp, place: 2 };

test('a figure comes back exact, in camelCase, with its rounding', () => {
  assert.deepEqual(multiply(money('950.05'), '0.50', cents), {
    money: { amount: '475.03', currency: 'CNY' },
    rounding: { before: '475.025', after: '475.03', mode: 'half_up', place: 2 },
  });
  assert.equal(multiply(money('950.05'), '0.50', { mode: 'half_even', place: 2 }).money.amount, '475.02');
});

test('a record with money, a date, and text goes in and comes back', () => {
  const rate = { from: 'USD', to: 'CNY', rate: '7.1234', on: '2026-03-01', source: '中国外汇交易中心' };
  const { original, converted, rate: used, rateUse } = convert(money('100.00', 'USD'), rate, cents);
  assert.deepEqual([original.amount, converted.amount, converted.currency], ['100.00', '712.34', 'CNY']);
  assert.deepEqual(used, rate);
  assert.equal(rateUse, 'direct');
});

test('lists and options', () => {
  const thirds = [money('33.34'), money('33.33'), money('33.33')];
  assert.deepEqual(split(money('100'), 3), thirds);
  assert.deepEqual(allocate(money('100'), ['1', '1', '1']), thirds);
  assert.deepEqual(sum([], 'CNY'), money('0.00'));
  const january = { start: '2026-01-01', end: '2026-02-01' };
  assert.equal(overlap(january, { start: '2026-02-01', end: '2026-03-01' }), null);
  assert.deepEqual(overlap(january, { start: '2026-01-15', end: '2026-03-01' }), {
    start: '2026-01-15',
    end: '2026-02-01',
  });
});

test('a figure comes with the steps to it', () => {
  const { value, trace } = explainProduct(money('950.05'), '0.50', cents);
  assert.deepEqual(value, money('475.03'));
  assert.deepEqual(trace.steps, [
    { kind: 'amount', amount: money('950.05') },
    { kind: 'factor', factor: '0.50' },
    { kind: 'calculate', operation: 'multiply', left: 0, right: 1, exact: '475.025' },
    { kind: 'round', of: 2, mode: 'half_up', place: 2, result: '475.03' },
  ]);
});

const term = {
  id: 'P-1',
  customer: 'C-1',
  inception: '2025-03-01',
  start: '2025-03-01',
  end: '2026-03-01',
  channel: 'agent',
  riskType: 'private_car',
  coverages: ['third_party'],
  premium: money('950.00'),
  claimsCost: money('475.00'),
  claims: 1,
};

test('options may be left out, be undefined, or be null', () => {
  assert.deepEqual(checkPolicyTerm(term), []);
  assert.deepEqual(checkPolicyTerm({ ...term, lapsedOn: undefined, birth: null, licensedOn: '2024-01-01' }), []);
  assert.deepEqual(checkPolicyTerm({ ...term, licensedOn: '2025-03-02' }), ['licence_after_start']);
  isRefused(() => checkPolicyTerm({ ...term, lapsedOn: new Date(0) }), 'wire.date.expected', '/lapsed_on', 'datetime');
  isRefused(() => checkPolicyTerm({ ...term, lapsed_on: null }), 'wire.field.unknown', '/lapsed_on', undefined);
});

test('keys of maps are data and stay as they are', () => {
  const parameters = { asOf: '2026-03-01', currency: 'CNY', ratioRounding: { mode: 'half_up', place: 2 } };
  const { rowsIn, byRiskType, totals } = summarise([term], parameters);
  assert.equal(rowsIn, 1);
  assert.deepEqual(Object.keys(byRiskType), ['private_car']);
  assert.deepEqual(totals.lossRatio, { kind: 'known', percent: '50.00' });
});

test('a refusal repeats no personal value', () => {
  const secrets = ['11010519491231002Y', '张三', '13812345678'];
  for (const secret of secrets) {
    const errors = [
      refused(() => checkResidentId(secret, '2026-03-01')),
      refused(() => split({ [secret]: secret, amount: '1', currency: 'CNY' }, 1)),
      refused(() => split({ amount: `${secret}元`, currency: 'CNY' }, 1)),
      refused(() => split({ amount: '1', currency: secret }, 1)),
    ];
    for (const error of errors) {
      const shown = [inspect(error, { depth: 10, showHidden: true }), JSON.stringify(error), error.text('zh'), error.stack];
      assert.ok(!shown.join().includes(secret), shown.join());
    }
  }
});

test('a result shows a personal value, as the README says; masked it does not', () => {
  const number = '11010519491231002X';
  const result = checkResidentId(number, '2026-03-01');
  assert.ok(JSON.stringify(result).includes(number) && inspect(result).includes(number));
  assert.ok(!mask(number, 'document').includes(number.slice(6, 14)));
});

test('what comes back can go in again and nobody can change it', () => {
  const [first] = split(money('100'), 3);
  assert.equal(multiply(first, '2', cents).money.amount, '66.68');
  assert.throws(() => (first.amount = '1000000'), TypeError);
  assert.throws(() => split(money('100'), 3).push(first), TypeError);
});

test('paths start in the first argument; the others stand under their names', () => {
  isRefused(() => multiply(money(12.3), '2', cents), 'wire.decimal.expected', '/amount', 'float');
  isRefused(() => multiply(money('12.30'), 2, cents), 'wire.decimal.expected', '/by', 'integer');
  isRefused(() => multiply(money('12.30'), '2', { mode: 'half_up', place: 2.5 }), 'wire.integer.expected', '/rounding/place', 'float');
  isRefused(() => sum([money('1'), money(1n)], 'CNY'), 'wire.decimal.expected', '/1/amount', 'bigint');
  isRefused(() => convert(money('1', 'USD'), { from: 'USD' }, cents), 'wire.field.missing', '/rate/to', undefined);
  isRefused(() => round('1.5', { mode: 'halfUp', place: 2 }), 'wire.variant.unknown', '/rounding/mode', undefined);
});

test('paths are in canonical names', () => {
  const rate = { from: 'USD', to: 'CNY', rate: '7', on: '2026-03-01', source: 's', rateUse: 'direct' };
  isRefused(() => convert(money('1', 'USD'), rate, cents), 'wire.field.unknown', '/rate/rate_use', undefined);
});

test('what no record can hold is refused where it stands', () => {
  const cases = [
    [12.3, 'float'],
    [12, 'integer'],
    [NaN, 'nan'],
    [-Infinity, 'nan'],
    [12n, 'bigint'],
    [() => '1', 'function'],
    [Symbol('s'), 'symbol'],
    [new Map(), 'map'],
    [new Date(), 'datetime'],
    [new Uint8Array(1), 'bytes'],
    [new (class Amount {})(), 'other'],
    [true, 'boolean'],
    [null, 'null'],
    [['1'], 'list'],
    [{}, 'object'],
  ];
  for (const [value, found] of cases) {
    isRefused(() => split(money(value), 3), 'wire.decimal.expected', '/amount', found);
  }
  isRefused(() => addMonths(new Date(0), 1, EndOfMonth.Clamp), 'wire.date.expected', '', 'datetime');
  isRefused(() => split(money('1'), 2 ** 53), 'wire.integer.range', '/parts', undefined);
  isRefused(() => split(money('1'), 1.5), 'wire.integer.expected', '/parts', 'float');
  isRefused(() => split(money('1'), NaN), 'wire.integer.expected', '/parts', 'nan');
  isRefused(() => split(money('1'), '3'), 'wire.integer.expected', '/parts', 'text');
});

test('a field that throws when it is read is refused, and its text is not seen', () => {
  const throwing = {
    currency: 'CNY',
    get amount() {
      throw new Error('张三');
    },
  };
  const error = refused(() => split(throwing, 3));
  assert.deepEqual([error.code, error.path, error.params.found], ['wire.decimal.expected', '/amount', 'other']);
  assert.equal(error.cause, undefined);
});

test('an argument left out at the end is missing, as in a list that is too short', () => {
  const missing = (work, path, field) => {
    const { code, path: at, params } = refused(work);
    assert.deepEqual([code, at, params], ['wire.field.missing', path, { field }]);
  };
  missing(() => split(), '', 'total');
  missing(() => split(undefined, undefined), '', 'total');
  missing(() => split(money('1')), '/parts', 'parts');
  missing(() => multiply(money('1')), '/by', 'by');
  missing(() => multiply(money('1'), '2', undefined), '/rounding', 'rounding');
  isRefused(() => multiply(money('1'), undefined, cents), 'wire.decimal.expected', '/by', 'undefined');
});

test('an argument too many is refused, not ignored', () => {
  const counted = (work, expected) => {
    const { code, path, params } = refused(work);
    assert.deepEqual([code, path, params], ['wire.list.length', '', { expected }]);
  };
  counted(() => version(1), 0);
  counted(() => split(money('1'), 1, null), 2);
  assert.deepEqual(split(money('1'), 1, undefined), [money('1.00')]);
});

test('what is handed over becomes the list that the core counts', () => {
  assert.deepEqual(given([1, undefined, undefined], []), [1]);
  assert.deepEqual(given([1, undefined, 3], []), [1, undefined, 3]);
  assert.deepEqual(given([1, undefined, 3, undefined], [1, 3]), [1, null, 3]);
  assert.deepEqual(given([undefined, undefined], [0]), []);
  assert.deepEqual([split.length, multiply.length], [2, 3]);
});

test('records that are none are refused', () => {
  isRefused(() => split(null, 3), 'wire.object.expected', '', 'null');
  isRefused(() => split(undefined, 3), 'wire.object.expected', '', 'undefined');
  isRefused(() => split(new Map([['amount', '1']]), 3), 'wire.object.expected', '', 'map');
});

test('an instance of a class is no plain object, whatever its fields', () => {
  class Money {
    amount = '1.00';
    currency = 'CNY';
  }
  isRefused(() => split(new Money(), 3), 'wire.object.expected', '', 'other');
  assert.equal(split({ ...new Money() }, 1)[0].amount, '1.00');
});

test('a key called __proto__ is a field like any other', () => {
  const record = JSON.parse('{"amount":"1.00","currency":"CNY","__proto__":{"amount":"9.00"}}');
  assert.equal(refused(() => split(record, 1)).code, 'wire.field.unknown');
  assert.equal({}.amount, undefined);
});

test('a sentence names fields as they are written here, params and documents stay canonical', () => {
  const error = (ask) => {
    try {
      ask();
    } catch (refusal) {
      return refusal;
    }
    return assert.fail('not refused');
  };
  const unknown = error(() => checkPolicyTerm({ risk_type: 'motor' }));
  assert.deepEqual([unknown.code, unknown.path], ['wire.field.unknown', '/risk_type']);
  assert.match(unknown.params.expected, /risk_type/);
  for (const text of [unknown.message, unknown.text('zh')]) {
    assert.match(text, /riskType/);
    assert.doesNotMatch(text, /risk_type/);
  }
  const missing = error(() => explainProduct());
  assert.equal(missing.code, 'wire.field.missing');
  assert.match(error(() => addMonths('2026-01-31', 1)).message, /endOfMonth/);
  const document = error(() => RuleSet.load('{"name":"a","facts":[{"nix":1}],"parameters":[],"rules":[]}'));
  assert.match(document.message, /value_type/);
});
