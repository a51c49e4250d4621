import type { ValidationProblem } from '../../../core/errors';
import type { StatesBlock } from './states';

interface AslError {
  readonly Message: string;
  readonly schemaError?: { readonly instancePath: string };
}

interface AslValidator {
  (definition: unknown): { readonly errors: readonly AslError[] };
}

/**
 * Problems by the schema of `asl-validator`. The validator is one file with all its dependencies, because the library has
 * no run-time dependency but its peers. https://github.com/ChristopheBougere/asl-validator
 */
export function aslProblems(definition: StatesBlock): ValidationProblem[] {
  // Loaded with the first state machine, because the file is large.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { default: validate } = require('cdktf-multicloud/runtime/asl-validator/index.js') as {
    default: AslValidator;
  };
  // The validator changes its argument.
  const { errors } = validate(structuredClone(definition));
  return errors.map(({ Message, schemaError }) => {
    const [, reason = Message] = /^\S.* is invalid\. (.*)$/s.exec(Message) ?? [];
    const keys = (schemaError?.instancePath ?? '').split('/').slice(1).map(decoded);
    return {
      property: propertyOf(keys),
      value: keys.reduce<unknown>(
        (value, key) => (value as Record<string, unknown> | undefined)?.[key],
        definition,
      ),
      rule: `have the form that the schema of the States Language requires (${reason})`,
    };
  });
}

/** https://datatracker.ietf.org/doc/html/rfc6901 */
const decoded = (segment: string) => segment.replaceAll('~1', '/').replaceAll('~0', '~');

/** Property in a message. State names are unique, so the innermost state is enough. */
function propertyOf(keys: readonly string[]): string {
  const states = keys.lastIndexOf('States');
  const own = keys.find((key) => key.startsWith('definition.States['));
  if (own !== undefined) return own;
  const name = states < 0 ? undefined : keys[states + 1];
  const state = name === undefined ? '' : `.States["${name}"]`;
  const fields = name === undefined ? keys : keys.slice(states + 2);
  return `definition${state}${fields.map((key) => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`)).join('')}`;
}
