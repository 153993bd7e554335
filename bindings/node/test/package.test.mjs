import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

test('the package holds what it needs and nothing else', () => {
  const [{ files }] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      shell: process.platform === 'win32',
    }),
  );
  const packed = files.map(({ path }) => path).sort();
  const all = (directory) =>
    readdirSync(join(root, directory), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'));
  const compiled = packed.filter((path) => path.endsWith('.node'));
  assert.ok(compiled.length >= 1 && compiled.every((path) => /^crm-core\.[a-z0-9-]+\.node$/.test(path)), `${compiled}`);
  assert.deepEqual(
    packed.filter((path) => !compiled.includes(path)),
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
