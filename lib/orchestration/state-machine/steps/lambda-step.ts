import { integer, knownAtSynth, matching, optional, type Shape } from '../../../core/rules';
import { referencePath, selector, template } from '../paths';
import { field, retryCalls, type Retrier, type States } from '../asl/states';
import { fieldsRead } from '../fields-read';
import { FallibleStep } from '../fallible-step';
import type { RenderContext, StepRequirements } from '../step';
import { checkedState } from './checked-state';
import { retries, retriersOf, type RetryByError } from './retry';
import { totalSecondsOf } from './tries';
import { checkStep } from '../step-validation';

/** Props of a `LambdaStep`. */
export interface LambdaStepProps {
  /** ARN of an alias or a version of the function: what `$LATEST` is may change while an execution runs. */
  readonly functionArn: string;
  /**
   * Payload of the function. Keys with the suffix `.$` have paths as values.
   * @default - the input
   */
  readonly payload?: Readonly<Record<string, unknown>>;
  /**
   * Seconds that it may take: 1 to 900.
   * @default 60
   */
  readonly timeoutSeconds?: number;
  /**
   * Retries per error name. Transient errors of Lambda are always retried.
   * @default - none
   */
  readonly retry?: RetryByError;
  /**
   * Selection of fields of the result.
   * @default - all
   */
  readonly resultSelector?: Readonly<Record<string, unknown>>;
  /**
   * Reference path of the result in the input.
   * @default - the result replaces the input
   */
  readonly resultPath?: string;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html */
export const functionAlias = matching(
  /^arn:aws[\w-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]{1,64}:(?!\$LATEST$)[\w$-]{1,128}$/,
  'be the ARN of an alias or a version of a function, not of the function or of $LATEST',
  (value) => (/:function:[\w-]+$/.test(value) ? 'Add an alias, for example ":live".' : undefined),
);

const rules: Shape<LambdaStepProps> = {
  functionArn: functionAlias,
  payload: optional(template),
  timeoutSeconds: optional(knownAtSynth(integer(1, 900))),
  retry: optional(retries),
  resultSelector: optional(selector),
  resultPath: optional(referencePath),
};

/** Calls a function and waits for its answer. */
export class LambdaStep extends FallibleStep {
  constructor(
    name: string,
    private readonly props: LambdaStepProps,
  ) {
    super(name);
    checkStep(this, props, rules);
  }

  /** Functions, permissions and durations that the state machine must provide. */
  public override requirements(): StepRequirements {
    return {
      maxSeconds: this.props.timeoutSeconds ?? 60,
      totalSeconds: totalSecondsOf(this.props.timeoutSeconds ?? 60, this.retriers()),
      statements: [{ actions: ['lambda:InvokeFunction'], resources: [this.props.functionArn] }],
    };
  }

  /** Renders the states; the first has the name of the step. */
  public render(context: RenderContext): States {
    const { functionArn, payload, timeoutSeconds, resultSelector, resultPath } = this.props;
    return checkedState({
      name: this.name,
      part: 'call',
      fields: fieldsRead(payload),
      states: (name) => ({
        name,
        state: {
          Type: 'Task',
          // The ARN itself rather than lambda:invoke: the answer of the function is the result, with nothing around it.
          Resource: functionArn,
          ...field('Parameters', payload),
          TimeoutSeconds: timeoutSeconds ?? 60,
        },
      }),
      resultSelector,
      resultPath,
      retry: this.retriers(),
      catchers: this.catchers(),
      transition: this.transition(context),
    });
  }

  private retriers(): Retrier[] {
    return retriersOf(this.props.retry, [retryCalls([], 3)]);
  }
}
