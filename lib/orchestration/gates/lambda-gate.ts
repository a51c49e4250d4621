import { ValidationError } from '../../core/errors';
import { integer, knownAtSynth, optional, shape } from '../../core/rules';
import { problemsOf } from '../../core/validation';
import { template } from '../state-machine/paths';
import { field, retryCalls, type State } from '../state-machine/asl/states';
import type { StepRequirements } from '../state-machine/step';
import type { IDecisionSource } from '../state-machine/steps/decision-step';
import { functionAlias } from '../state-machine/steps/lambda-step';

/** Props of a `LambdaGate`. */
export interface LambdaGateProps {
  /** ARN of an alias or a version of the function. The function returns `{ "value": … }`. */
  readonly functionArn: string;
  /**
   * Payload of the function: keys that end in `.$` hold paths into the input.
   * @default - the input
   */
  readonly payload?: Readonly<Record<string, unknown>>;
  /**
   * Seconds after which the call fails: 1 to 900.
   * @default 60
   */
  readonly timeoutSeconds?: number;
}

const rules = shape<LambdaGateProps>({
  functionArn: functionAlias,
  payload: optional(template),
  timeoutSeconds: optional(knownAtSynth(integer(1, 900))),
});

/** A Lambda function of the user as the source of a `DecisionStep`. A plain value: it creates no resource. */
export class LambdaGate implements IDecisionSource {
  private readonly timeoutSeconds: number;

  constructor(private readonly props: LambdaGateProps) {
    const problems = problemsOf(rules, props, '');
    if (problems.length > 0) throw new ValidationError('LambdaGate', problems);
    this.timeoutSeconds = props.timeoutSeconds ?? 60;
  }

  /** Permission to invoke the function, and the longest time that a call takes. */
  public get requirements(): StepRequirements {
    return {
      maxSeconds: this.timeoutSeconds,
      statements: [{ actions: ['lambda:InvokeFunction'], resources: [this.props.functionArn] }],
    };
  }

  /** Fields of the Task state that invokes the function. */
  public task(): State {
    return {
      Resource: this.props.functionArn,
      ...field('Parameters', this.props.payload),
      TimeoutSeconds: this.timeoutSeconds,
      Retry: [retryCalls([], 3)],
    };
  }
}
