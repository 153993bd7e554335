// @ts-check
'use strict';

/** Calls the compiled core: encodes the arguments, decodes the answer, throws the refusal. */

const { types } = require('node:util');

const native = require('./native.cjs');
const { encodeAll } = require('./encode.cjs');
const { CrmError } = require('./error.cjs');

/**
 * Nobody can change a figure after it was computed. The loop needs no stack of its own for every level.
 *
 * @template T
 * @param {T} value as `JSON.parse` returns it
 * @returns {T}
 */
function frozen(value) {
  if (typeof value !== 'object' || value === null) return value;
  /** @type {object[]} */
  const open = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    Object.freeze(next);
    for (const item of Object.values(next)) {
      if (typeof item === 'object' && item !== null) open.push(item);
    }
  }
  return value;
}

/**
 * @param {string} refusal as the core writes it, behind its `!`
 * @param {boolean} camel whether the caller wrote objects, whose fields are camelCase, and no canonical JSON
 * @returns {CrmError}
 */
function error(refusal, camel) {
  /** @type {import('./error.cjs').Fault[]} */
  const faults = JSON.parse(refusal.slice(1)).faults;
  return new CrmError(frozen(camel ? faults.map(spelled) : faults));
}

/**
 * A sentence that names fields names them as they are written here; `path` and `params` stay canonical.
 *
 * @param {import('./error.cjs').Fault} fault
 * @returns {import('./error.cjs').Fault}
 */
function spelled(fault) {
  const { code, params, text } = fault;
  const names = code === 'wire.field.unknown' ? params.expected : code === 'wire.field.missing' ? params.field : null;
  if (typeof names !== 'string') return fault;
  const camel = names.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
  const spell = (/** @type {string} */ sentence) => sentence.replace(names, () => camel);
  return { ...fault, text: { en: spell(text.en), zh: spell(text.zh) } };
}

/**
 * The text behind the mark of an answer.
 *
 * @param {() => unknown} ask
 * @returns {string}
 */
function answer(ask) {
  const text = outcome(ask);
  if (typeof text !== 'string') throw error(native.internal(), false);
  return text;
}

/**
 * @template T
 * @param {() => T | string} ask
 * @param {boolean} [camel] false where the caller handed over canonical JSON
 * @returns {T | string} a handle, or the text behind the mark of an answer
 */
function outcome(ask, camel = true) {
  let text;
  try {
    text = ask();
  } catch {
    // The core itself never throws: what does is the glue, e.g. for an answer longer than a JavaScript string can be.
    throw error(native.internal(), false);
  }
  if (typeof text !== 'string') return text;
  if (text.startsWith('=')) return text.slice(1);
  throw error(text, camel);
}

/**
 * What was handed over, as a list that the core counts: an argument left out at the end is not in it, an option left out
 * before another argument is `null`.
 *
 * @param {ArrayLike<unknown>} args
 * @param {readonly number[]} options places of the options
 * @returns {unknown[]}
 */
function given(args, options) {
  let { length } = args;
  while (length > 0 && args[length - 1] === undefined) length -= 1;
  /** @type {unknown[]} */
  const list = Array.prototype.slice.call(args, 0, length);
  for (const at of options) {
    if (at < length && list[at] === undefined) list[at] = null;
  }
  return list;
}

/**
 * @param {string} op
 * @param {ArrayLike<unknown>} args
 * @param {readonly number[]} [options]
 * @returns {any}
 */
function call(op, args, options = []) {
  const { text } = encodeAll(given(args, options), handleOf);
  return frozen(JSON.parse(answer(() => native.call(op, text))));
}

/** @type {import('./encode.cjs').EngineHandle} */
let handleOf;

/** The base of every engine: a handle that nobody else can reach. */
class Engine {
  /** @type {import('./native.cjs').Handle} */
  #handle;

  /** @param {unknown} handle */
  constructor(handle) {
    if (!(handle instanceof native.Handle)) throw new TypeError(`${new.target.name} is not made with new`);
    this.#handle = handle;
  }

  static {
    handleOf = (value) => (#handle in value ? value.#handle : undefined);
  }
}

/**
 * @param {string} op
 * @param {ArrayLike<unknown>} args
 * @param {readonly number[]} [options]
 * @returns {unknown} a handle
 */
function load(op, args, options = []) {
  const { text, engines } = encodeAll(given(args, options), handleOf);
  return outcome(() => native.load(op, text, engines));
}

/**
 * Calls a method that makes another engine.
 *
 * @param {Engine} engine
 * @param {string} op
 * @param {ArrayLike<unknown>} args
 * @param {readonly number[]} [options]
 * @returns {unknown} a handle
 */
function make(engine, op, args, options = []) {
  const handle = nativeOf(engine);
  const { text, engines } = encodeAll(given(args, options), handleOf);
  return outcome(() => handle.make(op, text, engines));
}

/**
 * @param {Engine} engine what a method was called on
 * @returns {import('./native.cjs').Handle}
 */
function nativeOf(engine) {
  const handle = handleOf(engine);
  if (handle === undefined) throw new TypeError('a method of an engine is called on an engine');
  return handle;
}

/**
 * Loads from one record: an object, or the document that holds it as canonical JSON.
 *
 * @param {string} op
 * @param {ArrayLike<unknown>} args
 * @returns {unknown} a handle
 */
function loadDocument(op, args) {
  const list = given(args, []);
  const bytes = documentBytes(list[0]);
  if (bytes === undefined) return load(op, list);
  const handle = outcome(() => native.loadDocument(op, bytes), false);
  if (list.length === 1) return handle;
  // The document is fine, but it is not alone: the core says how many arguments there may be.
  const counted = Buffer.concat([Buffer.from('['), bytes, Buffer.from(',null]')]);
  return outcome(() => native.loadText(op, counted), false);
}

/**
 * @param {unknown} record
 * @returns {Uint8Array | undefined} nothing when it is no document; a text with half a surrogate pair has no bytes
 */
function documentBytes(record) {
  if (types.isUint8Array(record)) return record;
  return typeof record === 'string' && record.isWellFormed() ? Buffer.from(record) : undefined;
}

/**
 * @param {Engine} engine
 * @param {string} op
 * @param {ArrayLike<unknown>} args
 * @param {readonly number[]} [options]
 * @returns {any}
 */
function callEngine(engine, op, args, options = []) {
  const handle = nativeOf(engine);
  const { text, engines } = encodeAll(given(args, options), handleOf);
  return frozen(JSON.parse(answer(() => handle.call(op, text, engines))));
}

module.exports = { answer, call, callEngine, Engine, frozen, given, handleOf, load, loadDocument, make, outcome };
