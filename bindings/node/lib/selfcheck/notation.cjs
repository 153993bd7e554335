// @ts-check
'use strict';

/** Kit notation → JavaScript values, as `docs/conformance.md` says. */

/** @typedef {Readonly<Record<string, any>>} Notation */

/**
 * @param {string} name `as_of`
 * @returns {string} `asOf`
 */
function camel(name) {
  return name.replace(/_+(.)/g, (_, letter) => letter.toUpperCase());
}

/**
 * Own properties only, also for a key called `__proto__`.
 *
 * @param {readonly (readonly [string, unknown])[]} entries
 * @returns {Record<string, unknown>}
 */
function object(entries) {
  return Object.fromEntries(entries);
}

/**
 * @param {unknown} notation
 * @param {unknown} [hole] what stands where `$hole` marks the place
 * @returns {unknown}
 */
function value(notation, hole) {
  if (typeof notation !== 'object' || notation === null) return notation;
  if (Array.isArray(notation)) return notation.map((item) => value(item, hole));
  const entries = Object.entries(notation);
  const [first] = entries;
  if (first !== undefined && first[0].startsWith('$')) return special(first[0], first[1], notation, hole);
  return object(entries.map(([name, item]) => [camel(name), value(item, hole)]));
}

/**
 * @param {string} word
 * @param {any} content
 * @param {Notation} whole
 * @param {unknown} hole
 * @returns {unknown}
 */
function special(word, content, whole, hole) {
  switch (word) {
    case '$entries':
      return object(Object.entries(content).map(([key, item]) => [key, value(item, hole)]));
    case '$variant':
      return object([['kind', content], ...Object.entries(/** @type {object} */ (value(whole['fields'] ?? {}, hole)))]);
    case '$decimal':
    case '$date':
      return content;
    case '$integer':
    case '$float':
      return Number(content);
    case '$nan':
      return NaN;
    case '$infinity':
      return Infinity;
    case '$datetime':
      return new Date(`${content}Z`);
    case '$function':
      return () => 1;
    case '$map':
      return new Map([[1, 2]]);
    case '$bytes':
      return new Uint8Array(1);
    case '$value': {
      const [[kind, held]] = /** @type {[[string, unknown]]} */ (Object.entries(content));
      return { kind, value: value(held, hole) };
    }
    case '$engine':
      return new Named(content);
    case '$surrogate':
      return '\ud800';
    case '$repeat':
      return content.text.repeat(content.times);
    case '$list':
      return new Array(content.times).fill(value(content.item, hole));
    case '$hole':
      return hole;
    case '$nest': {
      let nested = value(content.core, hole);
      for (let time = 0; time < content.times; time += 1) nested = value(content.around, nested);
      return nested;
    }
    default:
      throw new Error(`the kit says ${word}, which this version does not know`);
  }
}

/** An engine of the kit, by its name. */
class Named {
  /** @param {string} name */
  constructor(name) {
    this.name = name;
  }
}

/**
 * The arguments with the engines themselves: they stand alone or in a list.
 *
 * @param {readonly unknown[]} args
 * @param {(name: string) => unknown} engine
 * @returns {unknown[]}
 */
function withEngines(args, engine) {
  return args.map((item) => {
    if (item instanceof Named) return engine(item.name);
    return Array.isArray(item) && item[0] instanceof Named ? withEngines(item, engine) : item;
  });
}

/**
 * @param {readonly any[]} pieces
 * @returns {Buffer}
 */
function text(pieces) {
  return Buffer.concat(
    pieces.map((piece) => {
      if (typeof piece === 'object' && '$hex' in piece) return Buffer.from(piece.$hex, 'hex');
      return Buffer.from(/** @type {string} */ (value(piece)));
    }),
  );
}

module.exports = { camel, text, value, withEngines };
