import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

function npm(cwd, ...args) {
  const options = { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], shell: process.platform === 'win32' };
  return execFileSync('npm', args, options);
}

/** What `npm pack --json` says of the one package; npm 12 names the packages, npm 11 lists them. */
function packed(...args) {
  return Object.values(JSON.parse(npm(root, 'pack', '--json', '--ignore-scripts', ...args)))[0];
}

test('the package holds what it needs and nothing else', () => {
  const { files } = packed('--dry-run');
  const paths = files.map(({ path }) => path).sort();
  const all = (directory) =>
    readdirSync(join(root, directory), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'));
  const compiled = paths.filter((path) => path.endsWith('.node'));
  assert.ok(compiled.length >= 1 && compiled.every((path) => /^crm-core\.[a-z0-9-]+\.node$/.test(path)), `${compiled}`);
  assert.deepEqual(
    paths.filter((path) => !compiled.includes(path)),
    [
      'LICENSE-APACHE',
      'LICENSE-MIT',
      'README.md',
      'index.cjs',
      'index.d.cts',
      'index.d.mts',
      'index.mjs',
      'kit.json',
      'package.json',
      ...all('bin'),
      ...all('generated'),
      ...all('lib'),
    ].sort(),
  );
});

test('the installed package works, and so does its command', () => {
  const directory = mkdtempSync(join(tmpdir(), 'crm-core-'));
  try {
    const { filename } = packed('--pack-destination', directory);
    npm(directory, 'install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', directory, join(directory, filename));
    const node = (...args) => execFileSync(process.execPath, args, { cwd: directory, encoding: 'utf8' });
    const shown = `console.log(crm.version(), crm.decimal('1.50'))`;
    const expected = `${manifest.version} 1.50\n`;
    assert.equal(node('--eval', `const crm = require('crm-core'); ${shown}`), expected);
    assert.equal(node('--input-type=module', '--eval', `import * as crm from 'crm-core'; ${shown}`), expected);
    const command = join(directory, 'node_modules', 'crm-core', manifest.bin['crm-core-selfcheck']);
    assert.match(node(command), /^[0-9a-f]{64} (\d+)\/\1\n$/);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('whoever installs the package gets no other package', () => {
  assert.equal(manifest.dependencies, undefined);
  assert.equal(manifest.scripts.install, undefined);
  assert.equal(manifest.scripts.postinstall, undefined);
});

test('the lock file names no host', () => {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  assert.ok(!lock.includes('"resolved"'));
  assert.ok(!/https?:/.test(lock));
});

test('the versions of the package and the workspace agree', () => {
  const workspace = readFileSync(join(root, '..', '..', 'Cargo.toml'), 'utf8');
  assert.equal(manifest.version, /\[workspace\.package\]\s+version = "([^"]+)"/.exec(workspace)?.[1]);
});
