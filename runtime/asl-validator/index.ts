import * as validator from 'asl-validator';

/** The package is one function. */
module.exports = validator;
