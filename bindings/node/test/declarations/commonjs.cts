// Compiled, and never run, by declarations.test.mjs: the declarations as `require` sees them.
import crm = require('crm-core');

const amount: crm.DecimalString = crm.split({ amount: '1.00', currency: 'CNY' }, 1)[0]!.amount;
// @ts-expect-error a binary float for money
crm.split({ amount: 1.5, currency: 'CNY' }, 1);
const error: Error = null! as crm.CrmError;

export = { amount, error };
