// @ts-check
'use strict';

/** Runs the conformance kit through the API that a user calls. */

const { createHash } = require('node:crypto');

const { answer, call, Engine, handleOf, outcome } = require('../core.cjs');
const { CrmError } = require('../error.cjs');
const native = require('../native.cjs');
const { canonical } = require('./canonical.cjs');
const { camel, text, value, withEngines } = require('./notation.cjs');

/** @type {Record<string, any>} */
const api = require('../../index.cjs');

/**
 * @typedef {object} Kit
 * @property {number} version
 * @property {Readonly<Record<string, { readonly op: string, readonly engine?: string, readonly args: readonly unknown[] }>>} engines
 * @property {readonly Vector[]} vectors
 *
 * @typedef {object} Vector
 * @property {string} id
 * @property {string} op
 * @property {string} [engine]
 * @property {readonly unknown[]} [args]
 * @property {readonly unknown[]} [text]
 * @property {any} expect
 *
 * @typedef {object} Report
 * @property {string} digest
 * @property {number} passed
 * @property {number} all
 * @property {readonly { readonly id: string, readonly expected: string, readonly given: string }[]} failures
 */

/** The engines of the kit; one may be made from those before it. */
class Engines {
  /** @type {Map<string, any>} */
  loaded = new Map();

  /** @param {Kit['engines']} specs */
  constructor(specs) {
    for (const [name, { op, engine, args }] of Object.entries(specs)) {
      const given = this.arguments(args);
      this.loaded.set(name, engine === undefined ? invoke(op, given) : method(this.get(engine), op, given));
    }
  }

  /**
   * @param {readonly unknown[]} args in kit notation
   * @returns {unknown[]}
   */
  arguments(args) {
    return withEngines(/** @type {unknown[]} */ (value(args)), (name) => this.get(name));
  }

  /** @param {string} name */
  get(name) {
    const engine = this.loaded.get(name);
    if (engine === undefined) throw new Error(`the kit has no engine ${name}`);
    return engine;
  }

  /**
   * For the raw entries.
   *
   * @param {string} name
   * @returns {import('../native.cjs').Handle}
   */
  handle(name) {
    const handle = handleOf(this.get(name));
    if (handle === undefined) throw new Error(`${name} has no handle`);
    return handle;
  }
}

/**
 * @param {any} engine
 * @param {string} op
 * @param {readonly unknown[]} args
 * @returns {any}
 */
function method(engine, op, args) {
  return engine[camel(op.slice(op.indexOf('.') + 1))](...args);
}

/**
 * Calls a function or loads an engine as a user would; an operation that stands in no list of calls goes the raw way.
 *
 * @param {string} op
 * @param {readonly unknown[]} args
 * @returns {any}
 */
function invoke(op, args) {
  const [owner, method] = /** @type {[string, string | undefined]} */ (op.split('.'));
  if (method === undefined && typeof api[camel(op)] === 'function') return api[camel(op)](...args);
  if (method !== undefined && api[owner] !== undefined) return api[owner][camel(method)](...args);
  return call(op, args);
}

/**
 * @param {Vector} vector
 * @param {Engines} engines
 * @returns {unknown}
 */
function ask(vector, engines) {
  const { op, engine } = vector;
  const loads = op.endsWith('.load');
  if (vector.text !== undefined) {
    const bytes = text(vector.text);
    if (loads) {
      outcome(() => native.loadText(op, bytes));
      return null;
    }
    if (engine === undefined) return JSON.parse(answer(() => native.callText(op, bytes)));
    const handle = engines.handle(engine);
    return JSON.parse(answer(() => handle.callText(op, bytes)));
  }
  const args = engines.arguments(vector.args ?? []);
  const result = engine === undefined ? invoke(op, args) : method(engines.get(engine), op, args);
  return result instanceof Engine ? null : result;
}

/**
 * @param {readonly { readonly code: string, readonly path: string, readonly params: object }[]} faults
 * @returns {string}
 */
function refusal(faults) {
  return JSON.stringify(faults.map(({ code, path, params }) => ({ code, path, params })));
}

/**
 * @param {Vector} vector
 * @param {Engines} engines
 * @returns {string}
 */
function given(vector, engines) {
  let result;
  try {
    result = ask(vector, engines);
  } catch (error) {
    if (error instanceof CrmError) return refusal(error.faults);
    // Nothing but a CrmError may leave the library: the vector fails, the others still run.
    return `threw ${error instanceof Error ? error.name : typeof error}`;
  }
  return canonical(result);
}

/**
 * @param {Vector} vector
 * @returns {string}
 */
function expected({ expect }) {
  // Written again because JavaScript may have changed the order of a map's keys when it read the kit.
  if ('ok' in expect) return canonical(expect.ok);
  return refusal([expect.refusal].flat());
}

/**
 * @param {Kit} kit
 * @returns {Report}
 */
function run(kit) {
  if (kit.version !== 1) throw new Error(`the kit has version ${kit.version}, which this version does not know`);
  const engines = new Engines(kit.engines);
  const digest = createHash('sha256');
  const failures = [];
  for (const vector of kit.vectors) {
    const answer = given(vector, engines);
    digest.update(`${vector.id}\n${answer}\n`);
    const wanted = expected(vector);
    if (answer !== wanted) failures.push({ id: vector.id, expected: wanted, given: answer });
  }
  const all = kit.vectors.length;
  return { digest: digest.digest('hex'), passed: all - failures.length, all, failures };
}

module.exports = { run };
