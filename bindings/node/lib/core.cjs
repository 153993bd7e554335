// @ts-check
'use strict';

/** Calls the compiled core: encodes the arguments, decodes the answer, throws the refusal. */

const { types } = require('node:util');

const native = require('./native.cjs');
const { encode } = require('./encode.cjs');
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
 * @returns {CrmError}
 */
function error(refusal) {
  return new CrmError(frozen(JSON.parse(refusal.slice(1)).faults));
}

/**
 * The text behind the mark of an answer.
 *
 * @param {() => unknown} ask
 * @returns {string}
 */
function answer(ask) {
  const text = outcome(ask);
  if (typeof text !== 'string') throw error(native.internal());
  return text;
}

/**
 * @template T
 * @param {() => T | string} ask
 * @returns {T | string} a handle, or the text behind the mark of an answer
 */
function outcome(ask) {
  let text;
  try {
    text = ask();
  } catch {
    // The core itself never throws: what does is the glue, e.g. for an answer longer than a JavaScript string can be.
    throw error(native.internal());
  }
  if (typeof text !== 'string') return text;
  if (text.startsWith('=')) return text.slice(1);
  throw error(text);
}

/**
 * @param {string} op
 * @param {readonly unknown[]} args
 * @returns {any}
 */
function call(op, args) {
  const text = encode(args);
  return frozen(JSON.parse(answer(() => native.call(op, text))));
}

/** @type {(engine: Engine) => import('./native.cjs').Handle} */
let handleOf;

/** The base of every engine: a handle that nobody else can reach. */
class Engine {
  /** @type {import('./native.cjs').Handle} */
  #handle;

  /** @param {unknown} handle */
  constructor(handle) {
    if (!(handle instanceof native.Handle)) throw new TypeError(`use ${new.target.name}.load(…)`);
    this.#handle = handle;
  }

  static {
    handleOf = (engine) => engine.#handle;
  }
}

/**
 * @param {string} op
 * @param {readonly unknown[]} args
 * @returns {unknown} a handle
 */
function load(op, args) {
  const text = encode(args);
  return outcome(() => native.load(op, text));
}

/**
 * Loads from one record: an object, or the document that holds it as canonical JSON.
 *
 * @param {string} op
 * @param {unknown} record
 * @returns {unknown} a handle
 */
function loadDocument(op, record) {
  if (typeof record !== 'string' && !types.isUint8Array(record)) return load(op, [record]);
  const bytes = typeof record === 'string' ? Buffer.from(record) : record;
  return outcome(() => native.loadDocument(op, bytes));
}

/**
 * @param {Engine} engine
 * @param {string} op
 * @param {readonly unknown[]} args
 * @returns {any}
 */
function callEngine(engine, op, args) {
  const handle = handleOf(engine);
  const text = encode(args);
  return frozen(JSON.parse(answer(() => handle.call(op, text))));
}

module.exports = { answer, call, callEngine, Engine, frozen, load, loadDocument, outcome };
