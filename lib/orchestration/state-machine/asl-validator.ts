import type { ValidationProblem } from '../../core/errors';
import type { StatesBlock } from './states';

interface AslError {
  readonly 'Error code': string;
  readonly Message: string;
}

interface AslValidator {
  (definition: unknown): { readonly isValid: boolean; readonly errors: readonly AslError[] };
}

/**
 * What the schema of the Amazon States Language says against a definition. The validator is `asl-validator`, in one
 * file with all that it needs: the library has no run-time dependency but its peers.
 * https://github.com/ChristopheBougere/asl-validator
 */
export function aslProblems(definition: StatesBlock): ValidationProblem[] {
  // Read when the first state machine is made, and not with the library.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { default: validate } = require('cdktf-multicloud/runtime/asl-validator/index.js') as {
    default: AslValidator;
  };
  // The validator changes what it is given.
  const { errors } = validate(structuredClone(definition));
  return errors.map((error) => ({
    property: 'definition',
    value: error['Error code'],
    rule: `be valid: ${error.Message}`,
  }));
}
