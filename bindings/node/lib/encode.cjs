// @ts-check
'use strict';

/**
 * Writes JavaScript values as Node-dialect text.
 *
 * The encoder knows no types: the core reads the text against the declared ones. What JSON can't say is written as a
 * foreign token (`~float`, `~datetime`, …) which the core refuses where it stands, so that a wrong value is refused with
 * the same code and path as in every other language.
 */

const { types } = require('node:util');

/** Containers inside containers; the core itself stops far earlier. */
const DEPTH_LIMIT = 512;

/**
 * Largest document that the core reads. Writing stops behind it: the text is then too large already and is refused for
 * its size. This keeps values that share parts without end (or a proxy that never ends) from filling the memory.
 */
const SIZE_LIMIT = 64 * 1024 * 1024;

/** Printable ASCII without quote and backslash needs no escape. */
const PLAIN_TEXT = /^[ !#-[\]-~]*$/;
const PLAIN_TEXT_LIMIT = 256;

/**
 * @param {string} text
 * @returns {string}
 */
function encodeText(text) {
  if (text.length <= PLAIN_TEXT_LIMIT && PLAIN_TEXT.test(text)) return `"${text}"`;
  return text.isWellFormed() ? JSON.stringify(text) : '~surrogate';
}

/**
 * @param {number} value
 * @returns {string}
 */
function encodeNumber(value) {
  if (Number.isSafeInteger(value)) return `${value}`;
  if (!Number.isFinite(value)) return '~nan';
  return Number.isInteger(value) ? '~integer' : '~float';
}

/**
 * Whether the object was written with braces (in this or another realm) or has no prototype. Instances of classes are
 * something else: what they mean is known to their class only.
 *
 * @param {object} value
 * @returns {boolean}
 */
function isPlain(value) {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

/**
 * The token of an object that is neither a list nor plain.
 *
 * @param {object} value
 * @returns {string}
 */
function foreignToken(value) {
  if (types.isDate(value)) return '~datetime';
  if (types.isMap(value)) return '~map';
  if (types.isAnyArrayBuffer(value) || ArrayBuffer.isView(value)) return '~bytes';
  return '~other';
}

class Encoder {
  text = '';
  /**
   * The handles of the engines that were written, each as its place here.
   *
   * @type {import('./native.cjs').Handle[]}
   */
  engines = [];
  /** @type {EngineHandle} */
  handleOf;

  /** @param {EngineHandle} handleOf */
  constructor(handleOf) {
    this.handleOf = handleOf;
  }

  /** Set once the refusal is certain: nothing but closing brackets is written from then on. */
  ended = false;

  /**
   * @param {unknown} value
   * @param {number} depth containers around the value
   * @returns {void}
   */
  value(value, depth) {
    switch (typeof value) {
      case 'string':
        this.text += encodeText(value);
        break;
      case 'number':
        this.text += encodeNumber(value);
        break;
      case 'boolean':
        this.text += value ? 'true' : 'false';
        break;
      case 'object':
        if (value === null) this.text += 'null';
        else this.container(value, depth);
        break;
      case 'bigint':
      case 'function':
      case 'symbol':
      case 'undefined':
        this.text += `~${typeof value}`;
        break;
      default:
        this.text += '~other';
    }
    if (this.text.length > SIZE_LIMIT) this.ended = true;
  }

  /**
   * @param {object} value
   * @param {number} depth
   * @returns {void}
   */
  container(value, depth) {
    let length;
    let keys;
    // A proxy may throw at each of these questions; it is then nothing that can be read.
    try {
      if (Array.isArray(value)) length = value.length;
      else if (isPlain(value)) keys = Object.keys(value);
    } catch {
      this.text += '~other';
      return;
    }
    if (length === undefined && keys === undefined) {
      const handle = this.handleOf(value);
      this.text += handle === undefined ? foreignToken(value) : `~engine"${this.engines.push(handle) - 1}"`;
    } else if (depth >= DEPTH_LIMIT) {
      this.text += '~depth';
      this.ended = true;
    } else if (length !== undefined) {
      this.list(/** @type {readonly unknown[]} */ (value), length, depth + 1);
    } else if (keys !== undefined) {
      this.object(/** @type {Readonly<Record<string, unknown>>} */ (value), keys, depth + 1);
    }
  }

  /**
   * @param {readonly unknown[]} list
   * @param {number} length
   * @param {number} depth
   * @returns {void}
   */
  list(list, length, depth) {
    this.text += '[';
    for (let index = 0; index < length && !this.ended; index += 1) {
      if (index > 0) this.text += ',';
      const item = read(list, index);
      if (item === UNREADABLE) this.text += '~other';
      else this.value(item, depth);
    }
    this.text += ']';
  }

  /**
   * @param {Readonly<Record<string, unknown>>} object
   * @param {readonly string[]} keys
   * @param {number} depth
   * @returns {void}
   */
  object(object, keys, depth) {
    this.text += '{';
    let first = true;
    // The reader must know the variant before it meets the variant's fields.
    let kind;
    if (keys.includes('kind')) {
      const own = read(object, 'kind');
      if (typeof own === 'string') {
        kind = own;
        this.text += '"kind":';
        this.value(kind, depth);
        first = false;
      }
    }
    for (const key of keys) {
      if (this.ended) break;
      if (kind !== undefined && key === 'kind') continue;
      const item = read(object, key);
      if (item === undefined) continue;
      if (!first) this.text += ',';
      first = false;
      this.text += key.length <= PLAIN_TEXT_LIMIT && PLAIN_TEXT.test(key) ? `"${key}":` : `${JSON.stringify(key)}:`;
      if (item === UNREADABLE) this.text += '~other';
      else this.value(item, depth);
    }
    this.text += '}';
  }
}

/** Stands for a property whose getter throws. */
const UNREADABLE = Symbol('unreadable');

/**
 * @param {object} object
 * @param {string | number} key
 * @returns {unknown}
 */
function read(object, key) {
  try {
    return /** @type {Record<string | number, unknown>} */ (object)[key];
  } catch {
    return UNREADABLE;
  }
}

/**
 * What an engine is known by: its handle, nothing for any other object.
 *
 * @typedef {(value: object) => import('./native.cjs').Handle | undefined} EngineHandle
 */

/** @type {EngineHandle} */
const none = () => undefined;

/**
 * @param {unknown} value
 * @param {EngineHandle} [handleOf]
 * @returns {{ readonly text: string, readonly engines: readonly import('./native.cjs').Handle[] }} Node-dialect text,
 *   and the engines that it names by their places
 */
function encodeAll(value, handleOf = none) {
  const encoder = new Encoder(handleOf);
  encoder.value(value, 0);
  return encoder;
}

/**
 * @param {unknown} value
 * @returns {string} Node-dialect text of a value without engines
 */
function encode(value) {
  return encodeAll(value).text;
}

module.exports = { encode, encodeAll, DEPTH_LIMIT, SIZE_LIMIT };
