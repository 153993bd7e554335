import assert from 'node:assert/strict';
import { test } from 'node:test';

import { RuleSet } from 'crm-core';

import { isRefused, refused } from './refused.mjs';

const fact = (name, valueType, more = {}) => ({
  name,
  valueType,
  meaning: name,
  meaningZh: '指标',
  personal: false,
  choices: [],
  ...more,
});

const spec = () => ({
  name: 'motor',
  facts: [
    fact('seats', 'integer', { minimum: 1 }),
    fact('premium', 'decimal', { unit: 'CNY' }),
    fact('registered', 'date'),
    fact('owner', 'text', { personal: true }),
  ],
  parameters: [
    {
      name: 'most_seats',
      valueType: 'integer',
      values: [{ value: 9, from: '2020-01-01', source: 'GB 7258' }],
      checkedUntil: '2026-12-31',
    },
  ],
  rules: [
    {
      name: 'small',
      text: 'A small vehicle of some value.',
      textZh: '小型车',
      source: 'manual',
      when: {
        // `kind` may stand anywhere: the encoder puts it first.
        of: [
          { fact: 'seats', is: 'at_most', to: { name: 'most_seats', kind: 'parameter' }, kind: 'compare' },
          { kind: 'within', fact: 'premium', from: '100.00' },
        ],
        kind: 'all',
      },
    },
  ],
});

/** Canonical JSON of a specification, without the help of the library. */
function document(value) {
  if (Array.isArray(value)) return value.map(document);
  if (typeof value !== 'object' || value === null) return value;
  const { kind, ...fields } = value;
  const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const record = Object.fromEntries(Object.entries(fields).map(([name, item]) => [snake(name), document(item)]));
  return kind === undefined ? record : { [kind]: record };
}

const text = () => JSON.stringify(document(spec()));
const facts = { seats: 5, premium: '950.00', registered: '2026-01-31', owner: undefined };

test('an engine loads and says why', () => {
  const { asOf, outcomes } = RuleSet.load(spec()).evaluate(facts, '2026-03-01');
  assert.equal(asOf, '2026-03-01');
  assert.equal(outcomes.length, 1);
  assert.deepEqual([outcomes[0].rule, outcomes[0].holds, outcomes[0].stale], ['small', true, false]);
  const { steps } = outcomes[0].trace;
  assert.equal(steps.at(-1).kind, 'all');
  const known = steps.find((step) => step.kind === 'parameter').known;
  assert.deepEqual([known.value, known.from, known.until], [{ kind: 'integer', value: 9 }, '2020-01-01', null]);
  assert.deepEqual(
    steps.find((step) => step.kind === 'fact' && step.name === 'premium').value,
    { kind: 'decimal', value: '950.00' },
  );
  assert.ok(Object.isFrozen(steps[0]) && Object.isFrozen(known.value));
});

test('an object, a text and bytes load the same engine', () => {
  const expected = RuleSet.load(spec()).evaluate(facts, '2026-03-01');
  for (const form of [text(), Buffer.from(text()), new TextEncoder().encode(text())]) {
    const engine = RuleSet.load(form);
    assert.ok(engine instanceof RuleSet);
    assert.deepEqual(engine.evaluate(facts, '2026-03-01'), expected);
  }
});

test('a document is refused at the place in the document', () => {
  const position = (source) => {
    const { code, params } = refused(() => RuleSet.load(source));
    return [code, params];
  };
  assert.deepEqual(position(''), ['wire.syntax', { line: 1, column: 1 }]);
  assert.deepEqual(position('{"name":"motor",}'), ['wire.syntax', { line: 1, column: 17 }]);
  assert.deepEqual(position(`${text()}\n]`), ['wire.syntax', { line: 2, column: 1 }]);
  assert.deepEqual(position(Buffer.from([0x7b, 0xff])), ['wire.utf8', { offset: 1 }]);
  assert.equal(position(`{"name":${'['.repeat(10_000)}`)[0], 'wire.text.expected');
  isRefused(() => RuleSet.load('[]'), 'wire.object.expected', '', 'list');
  isRefused(() => RuleSet.load(text().replace('"decimal"', '"float"')), 'wire.variant.unknown', '/facts/1/value_type', undefined);
});

test('a document stands alone and holds whole characters', () => {
  for (const form of [text(), Buffer.from(text()), spec()]) {
    const error = refused(() => RuleSet.load(form, 'utf8'));
    assert.deepEqual([error.code, error.path, error.params], ['wire.list.length', '', { expected: 1 }]);
  }
  // What is wrong inside comes first, at its place in the document.
  assert.deepEqual(refused(() => RuleSet.load('{"name":"motor",}', null)).params, { line: 1, column: 17 });
  isRefused(() => RuleSet.load(text().replace('motor', '\ud83d')), 'wire.text.surrogate', '', undefined);
  assert.deepEqual(refused(() => RuleSet.load()).params, { field: 'spec' });
  const rules = RuleSet.load(text());
  isRefused(() => rules.evaluate(facts, '2026-03-01', 'zh'), 'wire.list.length', '', undefined);
  isRefused(() => rules.evaluate(facts), 'wire.field.missing', '/as_of', undefined);
});

test('every fault of a specification comes at once', () => {
  const broken = spec();
  broken.rules[0].when.of[0].fact = 'seat';
  broken.parameters[0].values[0].value = '9';
  const { faults, code } = refused(() => RuleSet.load(broken));
  assert.ok(faults.length >= 2, JSON.stringify(faults));
  assert.equal(code, faults[0].code);
  assert.ok(faults.every((fault) => fault.path !== '' && fault.text.en !== '' && fault.text.zh !== ''));
});

test('facts of the wrong type are refused by name', () => {
  const rules = RuleSet.load(spec());
  const cases = [
    [{ ...facts, seats: 5.5 }, 'wire.integer.expected', '/seats', 'float'],
    [{ ...facts, seats: '5' }, 'wire.integer.expected', '/seats', 'text'],
    [{ ...facts, premium: 950.5 }, 'wire.decimal.expected', '/premium', 'float'],
    [{ ...facts, premium: 950 }, 'wire.decimal.expected', '/premium', 'integer'],
    [{ ...facts, premium: NaN }, 'wire.decimal.expected', '/premium', 'nan'],
    [{ ...facts, premium: '1E+200000000' }, 'wire.decimal.range', '/premium', undefined],
    [{ ...facts, registered: new Date(0) }, 'wire.date.expected', '/registered', 'datetime'],
    [{ ...facts, registered: '2026-02-30' }, 'calendar.date.invalid', '/registered', undefined],
    [{ ...facts, owner: new Map() }, 'wire.text.expected', '/owner', 'map'],
    [{ ...facts, owner: '\ud83d' }, 'wire.text.surrogate', '/owner', undefined],
    [{ ...facts, owner: 'x'.repeat(10 * 1024 * 1024) }, 'wire.text.too_long', '/owner', undefined],
    [{ ...facts, seat: 5 }, 'rulebook.fact.unknown', '/seat', undefined],
  ];
  for (const [given, code, path, found] of cases) isRefused(() => rules.evaluate(given, '2026-03-01'), code, path, found);
  isRefused(() => rules.evaluate(facts, new Date(0)), 'wire.date.expected', '/as_of', 'datetime');
  isRefused(() => rules.evaluate(new Map(Object.entries(facts)), '2026-03-01'), 'wire.object.expected', '', 'map');
  isRefused(() => rules.evaluate(facts, '2019-12-31'), 'rulebook.dated.outside', '/as_of', undefined);
});

test('a tree without an end is refused', () => {
  const deep = (levels) => {
    const broken = spec();
    for (let level = 0; level < levels; level += 1) broken.rules[0].when = { kind: 'not', of: broken.rules[0].when };
    return broken;
  };
  assert.ok(RuleSet.load(deep(50)));
  for (const levels of [200, 10_000]) assert.equal(refused(() => RuleSet.load(deep(levels))).code, 'wire.depth');
  const cyclic = spec();
  cyclic.rules[0].when.of.push(cyclic.rules[0].when);
  assert.equal(refused(() => RuleSet.load(cyclic)).code, 'wire.depth');
});

test('an engine is made by load alone', () => {
  assert.throws(() => new RuleSet(), TypeError);
  assert.throws(() => new RuleSet({ call: () => '=1' }), TypeError);
  assert.throws(() => RuleSet.prototype.evaluate.call({}, facts, '2026-03-01'), TypeError);
  assert.deepEqual(Object.keys(RuleSet.load(spec())), []);
});
