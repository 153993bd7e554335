import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';

import * as esm from 'crm-core';

const require = createRequire(import.meta.url);

test('import and require give the same objects', () => {
  const cjs = require('crm-core');
  assert.deepEqual(Object.keys(cjs).sort(), Object.keys(esm).sort());
  for (const name of Object.keys(cjs)) assert.equal(cjs[name], esm[name], name);
});

test('the version is that of the package', () => {
  assert.equal(esm.version(), require('crm-core/package.json').version);
});

test('every worker thread can load and call the core', async () => {
  const code = `
    const { parentPort } = require('node:worker_threads');
    const { decimal, date, CrmError } = require('crm-core');
    const refused = (work) => { try { work(); } catch (error) { return error instanceof CrmError && error.code; } };
    parentPort.postMessage([decimal('1.50'), date('2026-02-28'), refused(() => date('2026-02-29'))]);
  `;
  const answers = await Promise.all(
    Array.from({ length: 4 }, () => {
      return new Promise((resolve, reject) => {
        const worker = new Worker(code, { eval: true });
        worker.once('message', resolve);
        worker.once('error', reject);
      });
    }),
  );
  for (const answer of answers) assert.deepEqual(answer, ['1.50', '2026-02-28', 'calendar.date.invalid']);
});
