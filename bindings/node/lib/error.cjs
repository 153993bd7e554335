// @ts-check
'use strict';

/**
 * @typedef {object} Fault
 * @property {string} code
 * @property {string} path
 * @property {Readonly<Record<string, string | number>>} params
 * @property {{ readonly en: string, readonly zh: string }} text
 */

/** Every refusal of the library. */
class CrmError extends Error {
  /** @type {string} */
  code;
  /** @type {string} */
  path;
  /** @type {Readonly<Record<string, string | number>>} */
  params;
  /** @type {readonly Fault[]} */
  faults;

  /** @param {readonly Fault[]} faults at least one */
  constructor(faults) {
    const first = faults[0];
    if (first === undefined) throw new TypeError('a CrmError needs at least one fault');
    super(first.text.en);
    this.code = first.code;
    this.path = first.path;
    this.params = first.params;
    this.faults = faults;
  }

  /**
   * @param {string} [lang]
   * @returns {string}
   */
  text(lang = 'en') {
    const { text } = /** @type {Fault} */ (this.faults[0]);
    return /^zh/i.test(lang) ? text.zh : text.en;
  }
}

// On the prototype, as in the errors of the language itself, so that it doesn't show up as a field.
Object.defineProperty(CrmError.prototype, 'name', { value: 'CrmError', configurable: true, writable: true });

exports.CrmError = CrmError;
