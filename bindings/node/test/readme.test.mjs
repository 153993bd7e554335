import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const examples = [...readFileSync(`${root}/README.md`, 'utf8').matchAll(/```js\n(.*?)```/gs)].map(([, example]) => example);

for (const [at, example] of examples.entries()) test(`example ${at + 1} of the README prints what it says`, () => {
  const expected = [...example.matchAll(/console\.log\(.*\); \/\/ (.*)\n/g)].map(([, line]) => line);
  assert.ok(expected.length >= 5);
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', example], {
    cwd: root,
    encoding: 'utf8',
  });
  assert.equal(stderr, '');
  assert.deepEqual(stdout.trimEnd().split('\n'), expected);
});
