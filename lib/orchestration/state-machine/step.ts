import type { AwsPolicyStatement } from '../../aws/policy-statement';
import type { IPodAwsRole } from '../../identity/pod-aws-role';
import { ValidationError, type ValidationProblem } from '../../core/errors';
import { shape, type Report, type Shape } from '../../core/rules';
import { problemsOf } from '../../core/validation';
import type { IInvocableFunction, ICancellableTarget } from '../targets/target';
import type { State, States } from './states';
import { StepChain } from './step-chain';

/** A step, or several steps in a chain. */
export interface IChainable {
  /** First step. */
  readonly start: Step;
  /** Last step: `next` of the chain continues from it. */
  readonly last: Step;
}

/** Facts about the state machine that a step is rendered into. */
export interface RenderContext {
  /** JSONPath of the ARN of the execution that was started. In a Distributed Map this is the parent execution. */
  readonly execution: string;
  /** Returns the step that follows a step; `undefined` where the chain ends. */
  readonly nextOf: (step: Step) => Step | undefined;
}

/** JSONPath of the ARN of the execution itself, outside of a Distributed Map. */
export const OWN_EXECUTION = '$$.Execution.Id';

/** Permissions and limits that a step requires of its state machine. */
export interface StepRequirements {
  /** Targets whose jobs the step starts. */
  readonly targets?: readonly ICancellableTarget[];
  /** Other functions of the library that the step invokes. */
  readonly functions?: readonly IInvocableFunction[];
  /** Roles of pods that report to the state machine with a task token. */
  readonly callbackRoles?: readonly IPodAwsRole[];
  /** Further statements in the policy of the execution role. */
  readonly statements?: readonly AwsPolicyStatement[];
  /** Longest duration of the step in seconds, where it is known. */
  readonly maxSeconds?: number;
  /** Reason why an Express state machine cannot run the step, as a clause. */
  readonly standardOnlyReason?: string;
  /** Whether states run as executions of the same state machine, as in a Distributed Map. */
  readonly childExecutions?: boolean;
}

/**
 * A step of a state machine: a plain value with a name, which renders one or more states. `next` chains steps. A step
 * that several steps lead to is rendered once. Chains are linked when the state machine is rendered, so a choice can
 * be completed after it was chained.
 */
export abstract class Step implements IChainable {
  private nextStep?: Step;

  /** @param name name of the state: 1 to 60 characters, unique in the state machine */
  constructor(public readonly name: string) {
    this.check(
      { name },
      {
        name: (value, property, report) => {
          // Steps with several states add up to 20 characters, and the name of a state has at most 80.
          // eslint-disable-next-line no-control-regex -- control characters are what the rule rejects
          const sound = typeof value === 'string' && /^[^\u0000-\u001f\u007f]{1,60}$/.test(value);
          if (!sound) report({ property, value, rule: 'have 1 to 60 visible characters' });
          return sound;
        },
      },
    );
  }

  /** The step itself. */
  public get start(): Step {
    return this;
  }

  /** The step itself. */
  public get last(): Step {
    return this;
  }

  /** Continues with another step after this step has succeeded. */
  public next(step: IChainable): StepChain {
    return new StepChain(this, this).next(step);
  }

  /** The step that follows, set by `next`. */
  public get following(): Step | undefined {
    return this.nextStep;
  }

  /** Sets the step that follows. Called by `next`; a step has one following step. */
  public follow(step: Step): void {
    if (this.nextStep !== undefined) {
      this.refuse({
        property: 'next',
        value: step.name,
        rule: `be called once: the next step is "${this.nextStep.name}"`,
        fix: 'Use a ChoiceStep for several next steps.',
      });
    }
    if (step === this) {
      this.refuse({ property: 'next', value: step.name, rule: 'be another step, or the loop never ends' });
    }
    this.nextStep = step;
  }

  /** The steps that this step leads to by itself: error handlers and branches of a choice. */
  public successors(): Step[] {
    return [];
  }

  /**
   * The steps that continue with the following step: the step itself, or the ends of the branches of a choice.
   * @param _visited steps of the chain that were visited before; a loop back to one of them has no end
   */
  public ends(_visited: Set<Step>): readonly Step[] {
    return [this];
  }

  /** The last steps of the chain that begins here; the parameter is that of `ends`. */
  public exits(visited: Set<Step>): readonly Step[] {
    if (visited.has(this)) return [];
    visited.add(this);
    return this.nextStep ? this.nextStep.exits(visited) : this.ends(visited);
  }

  /** Chains that run inside the step: branches, or the steps of an item. */
  public inner(): IChainable[] {
    return [];
  }

  /** Requirements of the step itself, without those of the steps inside. */
  public requirements(): StepRequirements {
    return {};
  }

  /** Renders the states; the first has the name of the step. */
  public abstract render(context: RenderContext): States;

  /** `Next` or `End` of the state that leaves the step. */
  protected transition({ nextOf }: RenderContext): State {
    const next = nextOf(this);
    return next ? { Next: next.name } : { End: true };
  }

  /** Validates the props of the step. A step has no construct path: messages name its class and its name. */
  protected check<P extends object>(
    props: P,
    rules: Shape<P>,
    crossChecks?: (props: P, report: Report) => void,
  ): void {
    const problems = problemsOf(shape(rules), props, '');
    // Cross checks read values, so they need values of the right type.
    if (problems.length === 0) crossChecks?.(props, (problem) => problems.push(problem));
    if (problems.length > 0) throw new ValidationError(titleOf(this), problems);
  }

  /** Throws one problem of the step. */
  protected refuse(problem: ValidationProblem): never {
    throw new ValidationError(titleOf(this), [problem]);
  }
}

/** Class and name of a step, as messages show them. */
export function titleOf(step: Step): string {
  return `${step.constructor.name} "${step.name}"`;
}
