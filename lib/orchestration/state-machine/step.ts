import type { AwsPolicyStatement } from '../../aws/policy-statement';
import type { IPodAwsRole } from '../../identity/federation/pod-aws-role';
import { ValidationError, type ValidationProblem } from '../../core/errors';
import { knownAtSynth, rule } from '../../core/rules';
import { problemsOf } from '../../core/validation';
import type { IInvocableFunction, ICancellableTarget } from '../targets/target';
import { chainable } from './chainable';
import type { State, States } from './asl/states';
import { checkStep, refuseAll, titleOf } from './step-validation';

/** A step, or several steps in a chain. */
export interface IChainable {
  /** First step. */
  readonly start: Step;
  /** Last step: `next` adds a step after it. */
  readonly last: Step;
}

/** Place of a step in its state machine. */
export interface RenderContext {
  /** JSONPath of the ARN of the execution. In a Distributed Map, the execution that the caller started. */
  readonly execution: string;
  /**
   * Name of the step that follows.
   * @default - the step ends the state machine or its branch
   */
  readonly next?: string;
  /**
   * History events that a step may write. A step that polls chooses its schedule by it.
   * @default 12,000
   */
  readonly eventBudget?: number;
}

/** JSONPath of the ARN of the execution, outside of a Distributed Map. */
export const OWN_EXECUTION = '$$.Execution.Id';

/** Requirements of a step to its state machine and to the execution role. */
export interface StepRequirements {
  /**
   * Targets that run the jobs of the step.
   * @default - no jobs
   */
  readonly targets?: readonly ICancellableTarget[];
  /**
   * Other functions of the library that the step invokes.
   * @default - no functions
   */
  readonly functions?: readonly IInvocableFunction[];
  /**
   * Roles of pods that report to the state machine with a task token.
   * @default - no roles
   */
  readonly callbackRoles?: readonly IPodAwsRole[];
  /**
   * Additional statements of the execution role.
   * @default - no statements
   */
  readonly statements?: readonly AwsPolicyStatement[];
  /**
   * Longest duration of one attempt of the step in seconds.
   * @default - unknown
   */
  readonly maxSeconds?: number;
  /**
   * Longest duration of all attempts and of the pauses between them, in seconds, without the steps inside. `Infinity` if
   * the number of items is not known at synth.
   * @default - maxSeconds
   */
  readonly totalSeconds?: number;
  /**
   * Largest number of history events of all attempts, without the steps inside.
   * @default - each state of the step once, with the retries of its tasks
   */
  readonly events?: number;
  /**
   * Largest number of runs of the steps inside.
   * @default 1
   */
  readonly innerTries?: number;
  /**
   * Reason why an Express state machine cannot run the step, as a clause.
   * @default - Express state machines can run the step
   */
  readonly standardOnlyReason?: string;
  /**
   * Whether the step starts child executions of the same state machine, as a Distributed Map does.
   * @default false
   */
  readonly childExecutions?: boolean;
}

/** Steps of several states add up to 20 characters, and a state has 80. */
const stepName = knownAtSynth(
  rule(
    'have 1 to 60 visible characters',
    // eslint-disable-next-line no-control-regex -- the pattern excludes control characters
    (value) => typeof value === 'string' && /^[^\u0000-\u001f\u007f]{1,60}$/.test(value),
  ),
);

/**
 * A step of a state machine: a plain value with a name that renders one or more states. Several steps can lead to the
 * same step. The state machine copies its steps when it is created; later calls of `next` and the like are rejected.
 */
export abstract class Step implements IChainable {
  private following?: Step;
  private sealed = false;

  constructor(
    /** Name of the state: 1 to 60 characters, unique among the steps of the state machine */
    public readonly name: string,
  ) {
    checkStep(this, { name }, { name: stepName });
  }

  /** The step itself. */
  public get start(): Step {
    return this;
  }

  /** The step itself. */
  public get last(): Step {
    return this;
  }

  /** Step that `next` added. */
  public get nextStep(): Step | undefined {
    return this.following;
  }

  /** Adds a step that runs after this step succeeds. */
  public next(step: IChainable): StepChain {
    refuseAll(this, problemsOf(chainable, step, 'next'));
    this.checkOpen('next', step.start.name);
    if (this.following !== undefined) {
      this.refuse({
        property: 'next',
        value: step.start.name,
        rule: `be called once: the next step is "${this.following.name}"`,
        fix: 'Use a ChoiceStep for several next steps.',
      });
    }
    this.following = step.start;
    return new StepChain(this, step.last);
  }

  /** Steps that may run after this step, error handlers included. */
  public successors(): Step[] {
    return [...this.alternatives(), ...(this.following ? [this.following] : [])];
  }

  /** First steps of the alternatives of a choice. The next step of a choice runs after each of them. */
  public alternatives(): readonly Step[] {
    return [];
  }

  /** Whether the step ends the execution or its branch. */
  public get isTerminal(): boolean {
    return false;
  }

  /** Chains that run inside of the step: the branches of a Parallel, the steps of an item. */
  public inner(): readonly IChainable[] {
    return [];
  }

  /**
   * Requirements of the step, without those of the steps inside.
   * @param _eventBudget history events that the step may write
   */
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- steps that poll override it
  public requirements(_eventBudget?: number): StepRequirements {
    return {};
  }

  /** Returns the states of the step. The first state has the name of the step. */
  public abstract render(context: RenderContext): States;

  /** Rejects later changes, because the state machine has a copy of the step. */
  public seal(): void {
    this.sealed = true;
  }

  /** `Next` or `End` of the state that leaves the step. */
  protected transition({ next }: RenderContext): State {
    return next === undefined ? { End: true } : { Next: next };
  }

  /** Rejects a call that comes after the creation of the state machine. */
  protected checkOpen(property: string, value: unknown): void {
    if (!this.sealed) return;
    this.refuse({
      property,
      value,
      rule: 'be called before the state machine is created, which copies its steps',
      fix: 'Call it earlier.',
    });
  }

  /** Throws one problem of the step. */
  protected refuse(problem: ValidationProblem): never {
    throw new ValidationError(titleOf(this), [problem]);
  }
}

/** Steps in a chain. */
export class StepChain implements IChainable {
  constructor(
    /** First step. */
    public readonly start: Step,
    /** Last step. */
    public readonly last: Step,
  ) {}

  /** Adds a step after the last step of the chain. After a choice, the step follows each alternative of the choice. */
  public next(step: IChainable): StepChain {
    return new StepChain(this.start, this.last.next(step).last);
  }
}
