// Compiled, and never run, by declarations.test.mjs: what a TypeScript user may and may not write.
import { readFile } from 'node:fs/promises';

import type {
  AssignmentView,
  BookRows,
  ConditionInput,
  Currency,
  CustomerFacts,
  DateString,
  DecimalString,
  Evaluation,
  Explained,
  ExchangeRateInput,
  Fault,
  Money,
  MoneyInput,
  PolicyTermInput,
  RuleSetSpec,
  Step,
  Value,
  ViewerInput,
} from 'crm-core';
import {
  addMonths,
  chinaSegmentModel,
  convert,
  CrmError,
  CustomerBook,
  date,
  decimal,
  EndOfMonth,
  explainProduct,
  factParameters,
  Facts,
  multiply,
  overlap,
  RoundingMode,
  RuleSet,
  SegmentModel,
  split,
  sum,
} from 'crm-core';

type Equal<Left, Right> =
  (<T>() => T extends Left ? 1 : 2) extends <T>() => T extends Right ? 1 : 2 ? true : false;
declare function is<Holds extends true>(): Holds;

// ---- plain strings go in, branded ones come back
const premium = multiply({ amount: '950.00', currency: 'CNY' }, '0.50', { mode: RoundingMode.HalfUp, place: 2 }).money;
is<Equal<typeof premium, Money>>();
is<Equal<typeof premium.amount, DecimalString>>();
is<Equal<typeof premium.currency, Currency>>();
const text: string = premium.amount;
const day: DateString = addMonths('2026-01-31', 1, EndOfMonth.Clamp);
const same: readonly Money[] = split(premium, 3);
const amount: DecimalString = decimal('12.30');
const start: DateString = date('2026-03-01');

// @ts-expect-error a plain string has not been read
const unread: DecimalString = '12.30';
// @ts-expect-error an amount is no day
const mixed: DateString = amount;

// ---- numbers are no amounts, instants are no days
// @ts-expect-error a binary float for money
split({ amount: 12.3, currency: 'CNY' }, 3);
// @ts-expect-error a whole number for money
split({ amount: 12, currency: 'CNY' }, 3);
// @ts-expect-error a bigint for money
split({ amount: 12n, currency: 'CNY' }, 3);
// @ts-expect-error a number for a factor
multiply(premium, 0.5, { mode: 'half_up', place: 2 });
// @ts-expect-error a number for a decimal
decimal(12.3);
// @ts-expect-error a Date for a day
addMonths(new Date(), 1, 'clamp');
// @ts-expect-error a Date for a day
date(new Date());
// @ts-expect-error a text for a whole number
split(premium, '3');

// ---- records: every field, no other field, no change
// @ts-expect-error the currency is missing
const half: MoneyInput = { amount: '1.00' };
// @ts-expect-error no such field
const more: MoneyInput = { amount: '1.00', currency: 'CNY', cents: '100' };
// @ts-expect-error figures are not changed
premium.amount = amount;
// @ts-expect-error nor lists of them
same.push(premium);
// @ts-expect-error the fields are camelCase
sum([premium], 'CNY').minor_units;
// @ts-expect-error not one of the choices
addMonths('2026-01-31', 1, 'truncate');

const rate: ExchangeRateInput = { from: 'USD', to: 'CNY', rate: '7.1234', on: start, source: 'CFETS' };
is<Equal<ReturnType<typeof convert>['rate']['on'], DateString>>();
convert({ amount: '100', currency: 'USD' }, rate, { mode: 'half_even', place: 2 });

const common = overlap({ start: '2026-01-01', end: '2026-02-01' }, { start, end: '2027-03-01' });
// @ts-expect-error there may be none
common.start;

const explained = explainProduct(premium, '0.50', { mode: 'up', place: 0 });
is<Equal<typeof explained, Explained<Money>>>();
is<Equal<typeof explained.value.amount, DecimalString>>();

const term: PolicyTermInput = {
  id: 'P-1',
  customer: 'C-1',
  inception: '2025-03-01',
  start,
  end: '2026-03-01',
  lapsedOn: undefined,
  birth: null,
  channel: 'agent',
  riskType: 'private_car',
  coverages: [],
  premium: { amount: '950.00', currency: 'CNY' },
  claimsCost: premium,
  claims: 0,
};

// ---- engines
const condition: ConditionInput = {
  kind: 'all',
  of: [
    { kind: 'compare', fact: 'seats', is: 'at_most', to: { kind: 'value', value: 9 } },
    { kind: 'within', fact: 'premium', from: '100.00' },
  ],
};
// @ts-expect-error a compare needs its operand
const incomplete: ConditionInput = { kind: 'compare', fact: 'seats', is: 'at_most' };
// @ts-expect-error no such condition
const unknown: Condition = { kind: 'most', of: [] };

const spec: RuleSetSpec = {
  name: 'motor',
  facts: [{ name: 'seats', valueType: 'integer', meaning: 'Seats', meaningZh: '座位数', personal: false, choices: [] }],
  parameters: [],
  rules: [{ name: 'small', text: 'Small', textZh: '小型', source: 'manual', when: condition }],
};
const rules: RuleSet = RuleSet.load(spec);
RuleSet.load(await readFile('rules.json'));
RuleSet.load(await readFile('rules.json', 'utf8'));
// @ts-expect-error engines are loaded
new RuleSet();
// @ts-expect-error a document is no number
RuleSet.load(5);

const evaluation: Evaluation = rules.evaluate({ seats: 5, owner: undefined, premium: amount }, '2026-03-01');
// @ts-expect-error a Date is no fact
rules.evaluate({ registered: new Date() }, '2026-03-01');
// @ts-expect-error the day is missing
rules.evaluate({ seats: 5 });

// ---- unions are told apart by kind
function show(step: Step): string {
  switch (step.kind) {
    case 'fact':
      return `${step.name}: ${step.value === null ? '-' : value(step.value)}`;
    case 'round':
      is<Equal<typeof step.result, DecimalString>>();
      return step.result;
    default:
      // @ts-expect-error not every step has a name
      return step.name;
  }
}

function value(of: Value): string {
  switch (of.kind) {
    case 'decimal':
      is<Equal<typeof of.value, DecimalString>>();
      return of.value;
    case 'date':
      is<Equal<typeof of.value, DateString>>();
      return of.value;
    case 'integer':
      return of.value.toFixed();
    case 'boolean':
      return of.value ? 'yes' : 'no';
    case 'text':
      return of.value;
  }
}

// ---- errors
try {
  evaluation.outcomes.flatMap((outcome) => outcome.trace.steps).map(show);
} catch (error) {
  if (error instanceof CrmError) {
    const { code, path, faults }: { code: string; path: string; faults: readonly Fault[] } = error;
    console.log(code, path, error.text('zh'), faults.length, error.params['found']);
  }
}
// @ts-expect-error only the library refuses
new CrmError([]);

export { common, day, half, incomplete, mixed, more, term, text, unknown, unread };

// ---- a whole book: engines make engines
declare const rows: BookRows;
declare const viewer: ViewerInput;
const facts = Facts.of(CustomerBook.load(rows, 'CNY')).at(factParameters('2025-12-31', 'CNY'));
const assigned = SegmentModel.load(chinaSegmentModel()).assign(facts, { 'C-1': { satisfied: true } });
is<Equal<typeof facts, Facts>>();
is<Equal<ReturnType<typeof assigned.seenBy>, AssignmentView>>();
const customer = facts.seenBy(viewer).get('C-0042');
is<Equal<typeof customer, CustomerFacts | null>>();
// @ts-expect-error a book is no facts
SegmentModel.load(chinaSegmentModel()).assign(CustomerBook.load(rows, 'CNY'));
// @ts-expect-error facts are made by a source
new Facts();
