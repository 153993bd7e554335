import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';

import core from '../lib/core.cjs';
import { version } from 'crm-core';

import { isRefused, refused } from './refused.mjs';

test('a panic is a refusal and the process lives on', () => {
  for (let time = 0; time < 1000; time += 1) isRefused(() => core.call('selfcheck.panic', []), 'internal', '', undefined);
  assert.match(version(), /^\d+\.\d+\.\d+/);
});

test('the text of a panic is seen by nobody', () => {
  const error = refused(() => core.call('selfcheck.panic', []));
  assert.doesNotMatch(inspect(error, { depth: 10, showHidden: true }), /13812345678|张三/);
  const code = `
    const core = require('./lib/core.cjs');
    try { core.call('selfcheck.panic', []); } catch (error) { console.log(error.code); }
  `;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', code], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    encoding: 'utf8',
  });
  assert.deepEqual([stdout, stderr, status], ['internal\n', '', 0]);
});

test('what the glue throws is a refusal too', () => {
  isRefused(
    () =>
      core.outcome(() => {
        throw new Error('张三');
      }),
    'internal',
    '',
    undefined,
  );
  isRefused(() => core.answer(() => ({})), 'internal', '', undefined);
});
