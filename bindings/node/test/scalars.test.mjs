import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';

import { date, decimal } from 'crm-core';

import { isRefused, refused } from './refused.mjs';

test('decimals are read exactly', () => {
  for (const text of ['0', '12.30', '-12.30', '0.0000000000000000000000000001', '79228162514264337593543950335']) {
    assert.equal(decimal(text), text);
  }
});

test('what is no decimal is refused with its code', () => {
  const cases = [
    [12.3, 'wire.decimal.expected', 'float'],
    [12, 'wire.decimal.expected', 'integer'],
    [NaN, 'wire.decimal.expected', 'nan'],
    [5n, 'wire.decimal.expected', 'bigint'],
    [new Map(), 'wire.decimal.expected', 'map'],
    [() => 1, 'wire.decimal.expected', 'function'],
    [undefined, 'wire.decimal.expected', 'undefined'],
    [null, 'wire.decimal.expected', 'null'],
    [{ toString: () => '1.5' }, 'wire.decimal.expected', 'object'],
    [new String('1.5'), 'wire.decimal.expected', 'other'],
    ['', 'wire.decimal.invalid', undefined],
    ['12,30', 'wire.decimal.invalid', undefined],
    ['１２', 'wire.decimal.invalid', undefined],
    ['1'.repeat(30), 'wire.decimal.range', undefined],
    [`0.${'1'.repeat(29)}`, 'wire.decimal.range', undefined],
    ['\ud800', 'wire.text.surrogate', undefined],
  ];
  for (const [value, code, found] of cases) {
    isRefused(() => decimal(value), code, '', found);
  }
});

test('an enormous exponent costs nothing', () => {
  const start = performance.now();
  for (const text of ['1E+200000000', '1E-200000000', '1e99999999999999999999']) {
    isRefused(() => decimal(text), 'wire.decimal.range', '', undefined);
  }
  assert.ok(performance.now() - start < 1000);
});

test('days are read exactly', () => {
  for (const text of ['2026-03-01', '2024-02-29', '0001-01-01', '9999-12-31']) assert.equal(date(text), text);
});

test('what is no day is refused with its code', () => {
  const cases = [
    [new Date(0), 'wire.date.expected', 'datetime'],
    [20260301, 'wire.date.expected', 'integer'],
    ['2026-02-29', 'calendar.date.invalid', undefined],
    ['2026-03-01T00:00:00Z', 'calendar.date.invalid', undefined],
    ['2026-3-1', 'calendar.date.invalid', undefined],
    ['01/03/2026', 'calendar.date.invalid', undefined],
  ];
  for (const [value, code, found] of cases) {
    isRefused(() => date(value), code, '', found);
  }
});

test('an error speaks both languages and never repeats the value', () => {
  const secret = '张三13812345678';
  const error = refused(() => decimal(secret));
  assert.equal(error.name, 'CrmError');
  assert.equal(error.message, error.text());
  assert.equal(error.text('en-GB'), error.text('en'));
  assert.match(error.text('zh-CN'), /不是十进制数/);
  assert.equal(error.text('zh'), error.faults[0].text.zh);
  assert.deepEqual(Object.keys(error), ['code', 'path', 'params', 'faults']);
  assert.ok(!inspect(error, { depth: 10, showHidden: true }).includes(secret));
  assert.throws(() => (error.faults[0].code = 'other'), TypeError);
});
