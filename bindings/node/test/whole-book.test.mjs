import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import {
  acknowledgeWarning,
  chinaChartOfAccounts,
  CustomerBook,
  factParameters,
  Facts,
  Journal,
  MergedJournals,
  SegmentModel,
} from '../index.mjs';
import notation from '../lib/selfcheck/notation.cjs';
import { refused } from './refused.mjs';

const { engines } = JSON.parse(readFileSync(new URL('../kit.json', import.meta.url), 'utf8'));
const args = (name) => notation.value(engines[name].args);
const viewer = (level) => ({ person: 'op-17', roles: [], department: 'd1', branch: 'CN-11', company: 'one', level });

const book = CustomerBook.load(...args('book'));
const facts = Facts.of(book).at(factParameters('2025-12-31', 'CNY'));
const model = SegmentModel.load(...args('segments'));

test('a customer is looked at', () => {
  const seen = facts.seenBy(viewer('branch'));
  const customer = seen.get('C-1');
  assert.equal(customer.premiumWritten.amount, '7310.00');
  assert.deepEqual(customer.lossRatioEarned, { kind: 'known', value: '13.6799' });
  assert.deepEqual(
    seen.explain('C-1', 'premium_written').terms[0].rows.map(({ id, adds }) => [id, adds]),
    [['P-0', 366000], ['P-1', 365000]],
  );
  assert.equal(seen.get('C-3'), null);
  assert.equal(seen.withheld().rows, 1);
  assert.equal(refused(() => seen.explain('C-1', 'luck')).path, '/fact');
});

test('segments say why and what would change it', () => {
  const assigned = model.assign(facts, { 'C-1': { vip: true } });
  const places = assigned.seenBy(viewer('company'));
  assert.deepEqual(places.get('C-1').segments, ['good', 'vip']);
  const poor = places.why('C-3').find(({ segment }) => segment === 'poor');
  assert.deepEqual([poor.membership, poor.changes[0].fact, poor.changes[0].to.value], ['in', 'claims_in_window', 2]);
  assert.equal(places.whyGrade('C-1').above.lacks, '33224');
  assert.equal(places.statements('10', undefined).comparedWith, null);
});

test('warnings stay until a review clears them', () => {
  const assigned = model.assign(facts);
  const { list } = model.review({ raised: [] }, assigned);
  assert.deepEqual(list.raised.map(({ customer, warning }) => [customer, warning]), [['C-3', 'many_claims']]);
  const noted = acknowledgeWarning(list, 'C-3', 'many_claims', viewer('company'), '2026-01-02');
  assert.deepEqual(model.review(noted, assigned).list, noted);
  assert.equal(
    refused(() => acknowledgeWarning(list, 'C-3', 'many_claims', viewer('branch'), '2026-01-02')).code,
    'portfolio.warning.not_raised',
  );
});

test('profit has a row for each customer', () => {
  const report = facts.seenBy(viewer('company')).profit('earned');
  assert.equal(report.total().result.amount, '11014.00');
  assert.deepEqual(report.page(1, 1).map(({ customer }) => customer), ['C-2']);
});

test('journals are one book', () => {
  const [north, south] = ['north', 'south'].map((name) => Journal.load([], name, chinaChartOfAccounts()));
  const merged = MergedJournals.of([north, south]);
  assert.deepEqual(merged.heads().map(({ journal }) => journal), ['north', 'south']);
  assert.deepEqual(merged.trialBalances('2025-12-31'), []);
  assert.equal(refused(() => MergedJournals.of([north, north])).path, '/1');
});

test('an engine is no other engine, and no other value is one', () => {
  for (const [wrong, found] of [[book, 'engine'], [null, 'null'], [{}, 'object'], [() => 1, 'function'], [0, 'integer'],
    [Object.create(Facts.prototype), 'other'], [new Proxy(facts, {}), 'other']]) {
    const { code, params } = refused(() => model.assign(wrong));
    assert.deepEqual([code, params], ['wire.engine.expected', { expected: 'Facts', found }]);
  }
  assert.equal(refused(() => factParameters(facts, 'CNY')).code, 'wire.date.expected');
  assert.throws(() => new Facts(), { name: 'TypeError' });
  assert.throws(() => facts.merge.call({}, []), { name: 'TypeError' });
});
