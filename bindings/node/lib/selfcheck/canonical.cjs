// @ts-check
'use strict';

/**
 * Writes what the library returned as canonical JSON: the digest is of the objects that a user holds, not of the text
 * behind them.
 *
 * It knows no types. What the library and the kit keep to makes that possible: the tag `kind` stands first and a
 * record's own `kind` never does; keys of maps begin with a capital letter or hold none, and are never `kind`. An order
 * of keys that JavaScript changed (it puts keys that look like an index first) can only be a map's.
 */

const VALUES = new Set(['text', 'integer', 'decimal', 'date', 'boolean']);
const INDEX = /^(0|[1-9][0-9]*)$/;

/**
 * @param {any} value
 * @returns {string}
 */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const { kind, ...rest } = value;
  if (typeof kind !== 'string' || Object.keys(value)[0] !== 'kind') return fields(value);
  const keys = Object.keys(rest);
  const isValue = VALUES.has(kind) && keys.length === 1 && keys[0] === 'value';
  return `{${JSON.stringify(kind)}:${isValue ? canonical(rest.value) : fields(rest)}}`;
}

/**
 * @param {Readonly<Record<string, unknown>>} object
 * @returns {string}
 */
function fields(object) {
  const entries = Object.entries(object);
  if (entries.some(([key]) => INDEX.test(key))) entries.sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(snake(key))}:${canonical(item)}`).join(',')}}`;
}

/**
 * @param {string} name `asOf`, or the key `A01` of a map
 * @returns {string} `as_of`, `A01`
 */
function snake(name) {
  return /^[A-Z]/.test(name) ? name : name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

module.exports = { canonical };
