// @ts-check
'use strict';

/**
 * Loads the compiled core that lies beside this package's `package.json`.
 *
 * @typedef {object} Handle a loaded engine
 * @property {(op: string, args: string, engines: readonly Handle[]) => string} call Node dialect
 * @property {(op: string, args: string, engines: readonly Handle[]) => Handle | string} make Node dialect
 * @property {(op: string, args: Uint8Array) => string} callText canonical JSON
 *
 * @typedef {object} Native text in, text out: `=` and the answer, or `!` and the refusal
 * @property {new () => Handle} Handle
 * @property {(op: string, args: string) => string} call Node dialect
 * @property {(op: string, args: Uint8Array) => string} callText canonical JSON
 * @property {(op: string, args: string, engines: readonly Handle[]) => Handle | string} load Node dialect
 * @property {(op: string, args: Uint8Array) => Handle | string} loadText canonical JSON
 * @property {(op: string, document: Uint8Array) => Handle | string} loadDocument canonical JSON
 * @property {(value: string) => string} decimal Node dialect
 * @property {(value: string) => string} date Node dialect
 * @property {() => string} internal the refusal `internal`
 */

const { existsSync } = require('node:fs');
const { join } = require('node:path');

const names = process.platform === 'linux' ? ['gnu', 'musl'].map((libc) => `-${libc}`) : [''];
const candidates = names.map((suffix) => `crm-core.${process.platform}-${process.arch}${suffix}.node`);

/** @returns {Native} */
function load() {
  const faults = [];
  for (const name of candidates) {
    const path = join(__dirname, '..', name);
    if (!existsSync(path)) continue;
    try {
      return require(path);
    } catch (cause) {
      // A file for the other C library doesn't load; the next one may.
      faults.push(cause);
    }
  }
  throw new Error(
    `crm-core has no compiled core for ${process.platform}-${process.arch} (looked for ${candidates.join(', ')}); ` +
      'install the package for this platform or build it with "npm run build"',
    { cause: faults[0] },
  );
}

module.exports = load();
