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
import { field, type States } from '../states';
import { FallibleStep } from '../fallible-step';
import type { RenderContext, StepRequirements } from '../step';
import { retries, retriersOf, type RetryByError } from './retry';

/** Props of a `TaskStep`. */
export interface TaskStepProps {
  /** What is called, for example `arn:aws:states:::sns:publish`. */
  readonly resource: string;
  /**
   * What it is given: keys that end in `.$` hold paths into the input.
   * @default - the input
   */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** What the role of the state machine must be allowed for it. */
  readonly statements: readonly AwsPolicyStatement[];
  /** Seconds that it may take: 1 to 31,536,000. */
  readonly timeoutSeconds: number;
  /**
   * Seconds between two signs of life, for what reports with a task token: less than `timeoutSeconds`.
   * @default - none is asked for
   */
  readonly heartbeatSeconds?: number;
  /**
   * Other tries, by the name of the error.
   * @default - none
   */
  readonly retry?: RetryByError;
  /**
   * What is taken of the result.
   * @default - all
   */
  readonly resultSelector?: Readonly<Record<string, unknown>>;
  /**
   * Where it is put into the input.
   * @default - it takes the place of the input
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

/** Any other service that Step Functions calls: the state as it stands in the language, and what it may do. */
export class TaskStep extends FallibleStep {
  constructor(
    name: string,
    private readonly props: TaskStepProps,
  ) {
    super(name);
    this.check(props, rules, heartbeatInTime);
  }

  public override requirements(): StepRequirements {
    const { resource, timeoutSeconds, statements } = this.props;
    return {
      maxSeconds: timeoutSeconds,
      statements,
      ...(/\.(sync(:2)?|waitForTaskToken)$/.test(resource)
        ? { standardOnlyReason: 'an Express state machine does not wait for a job or a task token' }
        : {}),
    };
  }

  public render(context: RenderContext): States {
    const { resource, parameters, timeoutSeconds, heartbeatSeconds, retry, resultSelector, resultPath } =
      this.props;
    return {
      [this.name]: {
        Type: 'Task',
        Resource: resource,
        ...field('Parameters', parameters),
        TimeoutSeconds: timeoutSeconds,
        ...field('HeartbeatSeconds', heartbeatSeconds),
        ...field('ResultSelector', resultSelector),
        ...field('ResultPath', resultPath),
        Retry: retriersOf(retry),
        Catch: this.catchers(),
        ...this.transition(context),
      },
    };
  }
}

function heartbeatInTime({ heartbeatSeconds, timeoutSeconds }: TaskStepProps, report: Report): void {
  if (heartbeatSeconds === undefined || heartbeatSeconds < timeoutSeconds) return;
  const rule = `be less than timeoutSeconds (${timeoutSeconds})`;
  report({ property: 'heartbeatSeconds', value: heartbeatSeconds, rule });
}
