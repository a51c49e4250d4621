import { ValidationError } from '../../../core/errors';
import { integer, known, optional, shape } from '../../../core/rules';
import { problemsOf } from '../../../core/validation';
import { template } from '../paths';
import { field, retryCalls } from '../states';
import type { IDecisionSource } from './decision-step';
import { functionAlias } from './lambda-step';

/** A function that decides: it answers `{ "value": … }`. */
export interface DecidingFunction {
  /** ARN of an alias or a version of the function. */
  readonly functionArn: string;
  /**
   * What the function gets: keys that end in `.$` hold paths into the input.
   * @default - the input
   */
  readonly payload?: Readonly<Record<string, unknown>>;
  /**
   * Seconds that it may take: 1 to 900.
   * @default 60
   */
  readonly timeoutSeconds?: number;
}

const rules = shape<DecidingFunction>({
  functionArn: functionAlias,
  payload: optional(template),
  timeoutSeconds: optional(known(integer(1, 900))),
});

/** A function of yours as the source of a `DecisionStep`. */
export function decideByLambda(decider: DecidingFunction): IDecisionSource {
  const problems = problemsOf(rules, decider, '');
  if (problems.length > 0) throw new ValidationError('decideByLambda', problems);
  const { functionArn, payload, timeoutSeconds = 60 } = decider;
  return {
    task: () => ({
      Resource: functionArn,
      ...field('Parameters', payload),
      TimeoutSeconds: timeoutSeconds,
      Retry: [retryCalls([], 3)],
    }),
    needs: {
      seconds: timeoutSeconds,
      statements: [{ actions: ['lambda:InvokeFunction'], resources: [functionArn] }],
    },
  };
}
