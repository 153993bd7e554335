import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = require.resolve('typescript/package.json');
const tsc = join(dirname(manifest), require(manifest).bin.tsc);

function compiles(project) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, '--project', project], {
    cwd: root,
    encoding: 'utf8',
  });
  assert.equal(`${stdout}${stderr}`, '');
  assert.equal(status, 0);
}

test('a strict program compiles, and its forbidden lines do not', () => compiles('test/declarations'));

test('the hand-written part is free of type errors', () => compiles('.'));
