import validate = require('asl-validator');

export default validate;
