#!/usr/bin/env node
// @ts-check
'use strict';

// Runs the conformance kit and prints the digest of the answers: every language must print the same.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const { run } = require('../lib/selfcheck/run.cjs');

const path = process.argv[2] ?? join(__dirname, '..', 'kit.json');
const { digest, passed, all, failures } = run(JSON.parse(readFileSync(path, 'utf8')));
for (const { id, expected, given } of failures) {
  console.error(`${id}\n  expected ${expected}\n  given    ${given}`);
}
console.log(`${digest} ${passed}/${all}`);
process.exitCode = failures.length === 0 ? 0 : 1;
