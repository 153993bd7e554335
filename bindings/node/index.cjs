'use strict';

const { CrmError } = require('./lib/error.cjs');
const { date, decimal } = require('./lib/scalars.cjs');
const api = require('./generated/api.cjs');

module.exports = { CrmError, date, decimal, ...api };
