import validator = require('asl-validator');

export = validator;
