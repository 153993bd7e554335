// Compiles the core and puts it, the conformance kit and the licences beside package.json.
//
//   node scripts/build.mjs [--debug]
//
// CARGO_TARGET_DIR is honoured.
import { spawnSync } from 'node:child_process';
import { copyFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const directory = join(dirname(fileURLToPath(import.meta.url)), '..');
const root = join(directory, '..', '..');
const debug = process.argv.includes('--debug');

const cargo = spawnSync(
  'cargo',
  ['build', '--package', 'crm-node', '--message-format', 'json-render-diagnostics', ...(debug ? [] : ['--release'])],
  { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 256 * 1024 * 1024 },
);
if (cargo.error) throw cargo.error;
if (cargo.status !== 0) process.exit(cargo.status ?? 1);

const library = cargo.stdout
  .split('\n')
  .filter((line) => line.startsWith('{'))
  .map((line) => JSON.parse(line))
  .filter((message) => message.reason === 'compiler-artifact' && message.target.name === 'crm_node')
  .flatMap((message) => message.filenames)
  .find((name) => /\.(so|dylib|dll)$/.test(name));
if (library === undefined) throw new Error('cargo built no library');

const isMusl = () => process.report.getReport().header.glibcVersionRuntime === undefined;
const libc = process.platform === 'linux' ? (isMusl() ? '-musl' : '-gnu') : '';
replace(library, `crm-core.${process.platform}-${process.arch}${libc}.node`);
replace(join(root, 'tests', 'conformance', 'kit.json'), 'kit.json');
for (const licence of ['LICENSE-APACHE', 'LICENSE-MIT']) replace(join(root, licence), licence);

/**
 * A process that has the old library loaded keeps it: the file is replaced, not overwritten.
 *
 * @param {string} from
 * @param {string} name
 */
function replace(from, name) {
  const part = join(directory, `.${name}.part`);
  copyFileSync(from, part);
  renameSync(part, join(directory, name));
}
