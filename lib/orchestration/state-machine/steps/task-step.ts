import {
  integer,
  knownAtSynth,
  list,
  matching,
  optional,
  type Report,
  type Shape,
} from '../../../core/rules';
import { policyStatement, type AwsPolicyStatement } from '../../../aws/policy-statement';
import { referencePath, selector, template } from '../paths';
import { field, type States } from '../asl/states';
import { fieldsRead } from '../fields-read';
import { FallibleStep } from '../fallible-step';
import type { RenderContext, StepRequirements } from '../step';
import { checkedState } from './checked-state';
import { retries, retriersOf, type RetryByError } from './retry';
import { standardOnlyReasonOf } from '../standard-only';
import { totalSecondsOf } from './tries';
import { checkStep } from '../step-validation';

/** Props of a `TaskStep`. */
export interface TaskStepProps {
  /** Resource of the task, for example `arn:aws:states:::sns:publish`. */
  readonly resource: string;
  /**
   * Parameters of the task. Keys with the suffix `.$` have paths as values.
   * @default - the input
   */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Statements of the execution role for the task. */
  readonly statements: readonly AwsPolicyStatement[];
  /** Seconds that it may take: 1 to 31,536,000. */
  readonly timeoutSeconds: number;
  /**
   * Longest time between two heartbeats of a worker with a task token, in seconds: less than `timeoutSeconds`.
   * @default - no heartbeats
   */
  readonly heartbeatSeconds?: number;
  /**
   * Retries per error name.
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

const rules: Shape<TaskStepProps> = {
  resource: matching(
    /^arn:aws[\w-]*:states:[a-z0-9-]*:\d*:\S+$/,
    'be the resource of a task, for example "arn:aws:states:::sns:publish"',
  ),
  parameters: optional(template),
  statements: list(policyStatement),
  timeoutSeconds: knownAtSynth(integer(1, 31_536_000)),
  heartbeatSeconds: optional(knownAtSynth(integer(1, 31_536_000))),
  retry: optional(retries),
  resultSelector: optional(selector),
  resultPath: optional(referencePath),
};

/** Calls any other service of Step Functions, with the fields of a Task state and the permissions of the call. */
export class TaskStep extends FallibleStep {
  constructor(
    name: string,
    private readonly props: TaskStepProps,
  ) {
    super(name);
    checkStep(this, props, rules, heartbeatInTime);
  }

  /** Functions, permissions and durations that the state machine must provide. */
  public override requirements(): StepRequirements {
    const { resource, timeoutSeconds, statements, retry } = this.props;
    const standardOnlyReason = standardOnlyReasonOf(resource);
    return {
      maxSeconds: timeoutSeconds,
      totalSeconds: totalSecondsOf(timeoutSeconds, retriersOf(retry)),
      statements,
      ...(standardOnlyReason !== undefined && { standardOnlyReason }),
    };
  }

  /** Renders the states; the first has the name of the step. */
  public render(context: RenderContext): States {
    const { resource, parameters, timeoutSeconds, heartbeatSeconds, retry, resultSelector, resultPath } =
      this.props;
    return checkedState({
      name: this.name,
      part: 'call',
      fields: fieldsRead(parameters),
      states: (name) => ({
        name,
        state: {
          Type: 'Task',
          Resource: resource,
          ...field('Parameters', parameters),
          TimeoutSeconds: timeoutSeconds,
          ...field('HeartbeatSeconds', heartbeatSeconds),
        },
      }),
      resultSelector,
      resultPath,
      retry: retriersOf(retry),
      catchers: this.catchers(),
      transition: this.transition(context),
    });
  }
}

function heartbeatInTime({ heartbeatSeconds, timeoutSeconds }: TaskStepProps, report: Report): void {
  if (heartbeatSeconds === undefined || heartbeatSeconds < timeoutSeconds) return;
  const rule = `be less than timeoutSeconds (${timeoutSeconds})`;
  report({ property: 'heartbeatSeconds', value: heartbeatSeconds, rule });
}
