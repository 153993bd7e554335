import assert from 'node:assert/strict';
import { inspect } from 'node:util';

import { CrmError } from 'crm-core';

/** The refusal of `work`: anything else that is thrown, or nothing, is a failure. */
export function refused(work) {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof CrmError && error instanceof Error, inspect(error));
    return error;
  }
  return assert.fail('nothing was refused');
}

/** Asserts code, path and, where it is given, the word for what was found. */
export function isRefused(work, code, path, found) {
  const error = refused(work);
  assert.deepEqual([error.code, error.path, error.params.found], [code, path, found], inspect(error));
}
