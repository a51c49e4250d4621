import { Token } from 'cdktf';
import type { ValidationProblem } from '../../core/errors';
import { checkLanguage } from './language/language-problems';
import type { LocatedState } from './language/structure';
import { isNonRetryable } from './asl/non-retryable';
import type { Catcher, Retrier, StatesBlock } from './asl/states';

const LARGEST_PAYLOAD = 262_144;
const LARGEST_DEFINITION = 1_048_576;

/**
 * Returns problems of a definition, by the States Language and by additional rules of the library.
 * https://states-language.net/spec.html
 *
 * @param mayStoreSecret whether HTTP tasks were acknowledged, whose secret EventBridge keeps
 */
export function definitionProblems(definition: StatesBlock, mayStoreSecret = false): ValidationProblem[] {
  // Terraform sends the definition with indentation.
  const text = JSON.stringify(definition, undefined, 2);
  if (Buffer.byteLength(text) > LARGEST_DEFINITION) {
    const rule = `have at most ${LARGEST_DEFINITION} bytes`;
    return [
      { property: 'definition', value: `${Buffer.byteLength(text)} bytes`, rule, fix: 'Use fewer states.' },
    ];
  }
  const { problems, states } = checkLanguage(definition);
  // Other checks read only definitions that are valid in the language.
  if (problems.length > 0) return [...problems];
  return states.flatMap((located) => [
    ...badErrors(located),
    ...badTask(located),
    ...(mayStoreSecret ? [] : storedSecret(located)),
    ...tooLarge(located),
  ]);
}

function problem(
  { property }: LocatedState,
  field: string,
  value: unknown,
  rule: string,
  fix?: string,
): ValidationProblem {
  return { property: `${property}${field}`, value, rule, fix };
}

function badErrors(located: LocatedState): ValidationProblem[] {
  const { state } = located;
  return (['Retry', 'Catch'] as const).flatMap((field) =>
    ((state[field] as (Retrier | Catcher)[] | undefined) ?? []).flatMap(({ ErrorEquals }, index, all) => {
      const at = `.${field}[${index}].ErrorEquals`;
      const attempts = field === 'Retry' ? (all[index] as Retrier).MaxAttempts : 0;
      const hopeless = attempts === 0 ? [] : ErrorEquals.filter(isNonRetryable);
      return [
        ...(ErrorEquals.includes('States.ALL') && (ErrorEquals.length > 1 || index < all.length - 1)
          ? [problem(located, at, ErrorEquals, 'have States.ALL alone, in the last entry')]
          : []),
        ...(hopeless.length > 0
          ? [
              problem(
                located,
                at,
                hopeless,
                'not have errors that a retry cannot solve, because another Job would end in the same way',
                'Catch it.',
              ),
            ]
          : []),
      ];
    }),
  );
}

function badTask(located: LocatedState): ValidationProblem[] {
  const { state } = located;
  if (state.Type !== 'Task') return [];
  const resource = String(state.Resource);
  const timeout = state.TimeoutSeconds;
  const heartbeat = state.HeartbeatSeconds;
  const text = JSON.stringify(state.Parameters ?? state.Arguments ?? {});
  return [
    ...(timeout === undefined && state.TimeoutSecondsPath === undefined
      ? [
          problem(
            located,
            '.TimeoutSeconds',
            undefined,
            'be set because a task without a time-out can wait until the state machine ends',
          ),
        ]
      : []),
    ...(typeof timeout === 'number' && typeof heartbeat === 'number' && heartbeat >= timeout
      ? [problem(located, '.HeartbeatSeconds', heartbeat, `be less than TimeoutSeconds (${timeout})`)]
      : []),
    ...(resource.endsWith('.waitForTaskToken') && !/\$\$\.Task\.Token|states\.context\.Task\.Token/.test(text)
      ? [
          problem(
            located,
            '.Parameters',
            undefined,
            'be set with the task token, which the worker needs to report the result',
            'Pass "$$.Task.Token".',
          ),
        ]
      : []),
    ...checkFunctionAliases(located, [resource, text]),
  ];
}

function storedSecret(located: LocatedState): ValidationProblem[] {
  const { state } = located;
  if (!/^arn:aws[\w-]*:states:::http:invoke/.test(String(state.Resource))) return [];
  return [
    problem(
      located,
      '.Resource',
      state.Resource,
      'not be an HTTP task, whose credentials EventBridge stores',
      'Call the service with a GkeServiceStep, or set acknowledge.storedSecret to the reason.',
    ),
  ];
}

/** `$LATEST` can change while an execution runs. */
function checkFunctionAliases(located: LocatedState, texts: readonly string[]): ValidationProblem[] {
  return texts
    .flatMap((text) => text.match(/arn:aws[\w-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(:[$\w-]+)?/g) ?? [])
    .filter((arn) => arn.split(':').length === 7 || arn.endsWith(':$LATEST'))
    .map((arn) =>
      problem(
        located,
        '',
        arn,
        'invoke a function by an alias or a version',
        'Add an alias, for example ":live".',
      ),
    );
}

function tooLarge(located: LocatedState): ValidationProblem[] {
  const { state } = located;
  return (['Parameters', 'Result'] as const).flatMap((field) => {
    const value = state[field];
    if (value === undefined || Token.isUnresolved(value)) return [];
    const size = Buffer.byteLength(JSON.stringify(value));
    if (size <= LARGEST_PAYLOAD) return [];
    const rule = `have at most ${LARGEST_PAYLOAD} bytes, the limit of data between states`;
    return [
      problem(located, `.${field}`, `${size} bytes`, rule, 'Store the data in a bucket and pass its name.'),
    ];
  });
}
