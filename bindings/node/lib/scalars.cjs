// @ts-check
'use strict';

/** Reading a single decimal or day: a text gets its brand only from the core itself. */

const { answer } = require('./core.cjs');
const { encode } = require('./encode.cjs');
const native = require('./native.cjs');

/**
 * @param {unknown} text
 * @returns {string} the canonical form
 */
exports.decimal = function decimal(text) {
  return JSON.parse(answer(() => native.decimal(encode(text))));
};

/**
 * @param {unknown} text
 * @returns {string} the canonical form
 */
exports.date = function date(text) {
  return JSON.parse(answer(() => native.date(encode(text))));
};
