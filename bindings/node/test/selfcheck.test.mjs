import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import canonical from '../lib/selfcheck/canonical.cjs';
import notation from '../lib/selfcheck/notation.cjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const kit = readFileSync(join(root, 'kit.json'), 'utf8');

/** Runs the command on a kit. */
function selfcheck(text) {
  const directory = mkdtempSync(join(tmpdir(), 'crm-core-'));
  try {
    const path = join(directory, 'kit.json');
    writeFileSync(path, text);
    const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/selfcheck.cjs', path], {
      cwd: root,
      encoding: 'utf8',
    });
    return { status, stderr, line: /^([0-9a-f]{64}) (\d+)\/(\d+)\n$/.exec(stdout) ?? assert.fail(stdout) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

test('the kit beside the package is that of the workspace', () => {
  assert.equal(kit, readFileSync(join(root, '..', '..', 'tests', 'conformance', 'kit.json'), 'utf8'));
});

test('every vector of the kit is answered as it must be', () => {
  const { status, stderr, line } = selfcheck(kit);
  assert.equal(stderr, '');
  assert.equal(status, 0);
  assert.ok(Number(line[3]) >= 100 && line[2] === line[3], line[0]);
});

test('a vector that differs is named, and a wrong expectation does not change the digest', () => {
  const changed = JSON.parse(kit);
  const vectors = [changed.vectors.find(({ expect }) => 'ok' in expect), changed.vectors.find(({ expect }) => 'refusal' in expect)];
  vectors[0].expect = { ok: 'something else' };
  vectors[1].expect.refusal = { code: 'internal', path: '/other', params: {} };
  const { status, stderr, line } = selfcheck(JSON.stringify(changed));
  assert.equal(status, 1);
  assert.equal(Number(line[3]) - Number(line[2]), 2);
  assert.equal(line[1], selfcheck(kit).line[1]);
  for (const { id } of vectors) assert.ok(stderr.split('\n').includes(id), stderr);
  assert.match(stderr, /expected "something else"/);
});

test('another answer is another digest', () => {
  const changed = JSON.parse(kit);
  const vector = changed.vectors.find(({ op, args }) => op === 'split' && args !== undefined);
  vector.args = [{ amount: { $decimal: '77.77' }, currency: 'CNY' }, 7];
  assert.notEqual(selfcheck(JSON.stringify(changed)).line[1], selfcheck(kit).line[1]);
});

test('notation becomes values', () => {
  const { value } = notation;
  assert.deepEqual(value({ as_of: { $date: '2026-01-31' }, part: [{ $decimal: '1.50' }, null] }), {
    asOf: '2026-01-31',
    part: ['1.50', null],
  });
  assert.deepEqual(value({ $entries: { as_of: { $entries: {} } } }), { as_of: {} });
  assert.deepEqual(value({ $variant: 'one_of', fields: { fact_name: 'x' } }), { kind: 'one_of', factName: 'x' });
  assert.deepEqual(value({ $nest: { times: 2, around: { of: [{ $hole: true }] }, core: 1 } }), { of: [{ of: [1] }] });
  assert.deepEqual(value({ $list: { item: { $repeat: { text: 'ab', times: 2 } }, times: 2 } }), ['abab', 'abab']);
  assert.deepEqual(value({ $datetime: '2026-01-31T10:00:00' }), new Date(Date.UTC(2026, 0, 31, 10)));
  assert.equal(value({ $integer: '9007199254740992' }), 2 ** 53);
  assert.throws(() => value({ $other: 1 }), /\$other/);
});

test('values become canonical JSON', () => {
  const cases = [
    [{ asOf: '2026-01-31', isNull: null, list: [1, true] }, '{"as_of":"2026-01-31","is_null":null,"list":[1,true]}'],
    [{ kind: 'decimal', value: '1.50' }, '{"decimal":"1.50"}'],
    [{ kind: 'one_of', of: [{ kind: 'text', value: 'x' }] }, '{"one_of":{"of":[{"text":"x"}]}}'],
    [{ kind: 'lapsed' }, '{"lapsed":{}}'],
    [{ a: 1, 10: 1, 9: 1 }, '{"10":1,"9":1,"a":1}'],
    ['\b\f\n\r\t"\\\u0001\u007f\u2028张', '"\\b\\f\\n\\r\\t\\"\\\\\\u0001\u007f\u2028张"'],
    [undefined, 'null'],
  ];
  for (const [value, text] of cases) assert.equal(canonical.canonical(value), text);
});
