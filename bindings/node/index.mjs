// The same objects as `require('crm-core')` gives: one CrmError, one class per engine, whichever way they are loaded.
import error from './lib/error.cjs';
import scalars from './lib/scalars.cjs';

export const { CrmError } = error;
export const { date, decimal } = scalars;
export * from './generated/api.mjs';
