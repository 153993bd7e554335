// Crossing from Node: crm-core beside a bare function of napi and JSON alone.
//
// Run by `cargo xtask bench`, which names the folder of the floor's module in CRM_FLOORS.
import assert from 'node:assert';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { RuleSet, version } from '../../bindings/node/index.mjs';

const floor = createRequire(import.meta.url)(join(process.env.CRM_FLOORS, 'crm_floor_node.node'));
const ROUNDS = 15;

/**
 * Runs the contestants in turn and prints the median of each in picoseconds a call.
 *
 * @param {string} name
 * @param {number} calls
 * @param {Record<string, () => unknown>} contestants
 */
function group(name, calls, contestants) {
  const times = new Map(Object.keys(contestants).map((contestant) => [contestant, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [contestant, call] of Object.entries(contestants)) {
      const start = process.hrtime.bigint();
      for (let index = 0; index < calls; index += 1) call();
      times.get(contestant).push(process.hrtime.bigint() - start);
    }
  }
  for (const [contestant, taken] of times) {
    const median = taken.sort((a, b) => (a < b ? -1 : 1))[ROUNDS >> 1];
    console.log(`bench\t${name}\t${contestant}\t${(median * 1000n) / BigInt(calls)}`);
  }
}

const document = readFileSync(new URL('../crossing.json', import.meta.url), 'utf8');
const work = JSON.parse(document);
const rules = RuleSet.load(JSON.stringify(work.spec));
const answer = rules.evaluate(work.facts, work.as_of);
assert(answer.outcomes[0].holds);
const text = JSON.stringify(answer);

group('Node: no-op (version)', 50_000, {
  'floor: napi': floor.noop,
  'version()': version,
});
group('Node: six fields in, thirty values out (RuleSet.evaluate)', 5_000, {
  'floor: JSON.stringify, napi text in and out, JSON.parse': () => {
    floor.echo(JSON.stringify(work.facts));
    return JSON.parse(floor.echo(text));
  },
  'floor: JSON.stringify and JSON.parse alone': () => {
    JSON.stringify(work.facts);
    return JSON.parse(text);
  },
  'rules.evaluate(facts, asOf)': () => rules.evaluate(work.facts, work.as_of),
});
