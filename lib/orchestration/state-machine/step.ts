import type { AwsPolicyStatement } from '../../aws/policy-statement';
import type { IPodAwsRole } from '../../identity/pod-aws-role';
import { ValidationError } from '../../core/errors';
import { shape, type Report, type Shape } from '../../core/rules';
import { problemsOf } from '../../core/validation';
import type { ValidationProblem } from '../../core/errors';
import type { IInvocableFunction, ICancellableTarget } from '../targets/target';
import { catchRules, chainable } from './chainable';
import type { Catcher, State, States, StatesBlock } from './states';

/** A step, or several that were chained. */
export interface IChainable {
  /** Where it begins. */
  readonly start: Step;
  /** Where it may be left: each goes on to what is chained next. */
  readonly ends: readonly Step[];
}

/** Where states are written. */
export interface RenderContext {
  /** JSONPath of the ARN of the execution that a person started: in a Distributed Map not the one of the item. */
  readonly execution: string;
}

/** The execution itself, outside of a Distributed Map. */
export const OWN_EXECUTION = '$$.Execution.Id';

/** What a step asks of the role of its state machine. */
export interface StepRequirements {
  /** Targets whose jobs it starts. */
  readonly targets?: readonly ICancellableTarget[];
  /** Other functions of the library that it calls. */
  readonly functions?: readonly IInvocableFunction[];
  /** Roles of pods that report to the state machine with a task token. */
  readonly callbackRoles?: readonly IPodAwsRole[];
  /** What else the role must be allowed. */
  readonly statements?: readonly AwsPolicyStatement[];
  /** Longest time it takes, where it is known. */
  readonly maxSeconds?: number;
  /** Why it cannot be a step of an Express state machine, as a clause. */
  readonly standardOnlyReason?: string;
  /** States that run as executions of the same state machine: a Distributed Map. */
  readonly childExecutions?: boolean;
}

/** What a `catch` keeps. */
export interface CatchOptions {
  /**
   * Where `{ Error, Cause }` is put into the input of the handler. `null` gives the handler the input alone.
   * @default $.error
   */
  readonly resultPath?: string | null;
}

interface Handler {
  readonly errors: readonly string[];
  readonly handler: IChainable;
  readonly resultPath: string | null;
}

/**
 * A step of a state machine: a plain value with a name, which becomes one state or a few. Steps are chained by
 * `next`; a step that is reached from several places is written once.
 */
export abstract class Step implements IChainable {
  private following?: Step;
  private readonly handlers: Handler[] = [];

  /** @param name name of the state: 1 to 60 characters, no other step of the state machine has it */
  constructor(public readonly name: string) {
    this.check(
      { name },
      {
        name: (value, property, report) => {
          // Steps of several states add up to 20 characters, and a state has 80.
          // eslint-disable-next-line no-control-regex -- control characters are what is looked for
          const sound = typeof value === 'string' && /^[^\u0000-\u001f\u007f]{1,60}$/.test(value);
          if (!sound) report({ property, value, rule: 'have 1 to 60 visible characters' });
          return sound;
        },
      },
    );
  }

  public get start(): Step {
    return this;
  }

  public get ends(): readonly Step[] {
    return [this];
  }

  /** Goes on with another step when this one has ended well. */
  public next(step: IChainable): StepChain {
    return new StepChain(this, this.ends).next(step);
  }

  /**
   * Handles errors by name, in the order of the calls.
   * @param errors one name or several; `States.ALL` stands alone and comes last
   * @param handler goes on from there, and is not left by what is chained to this step
   */
  public catch(errors: string | readonly string[], handler: IChainable, options: CatchOptions = {}): this {
    this.check({ errors: [errors].flat(), handler, ...options }, catchRules);
    this.handlers.push({
      errors: [errors].flat(),
      handler,
      resultPath: options.resultPath === undefined ? '$.error' : options.resultPath,
    });
    return this;
  }

  /** Called by `Chain`: a step goes on with one other. */
  public follow(step: Step): void {
    if (this.following !== undefined) {
      this.refuse({
        property: 'next',
        value: step.name,
        rule: `be called once: the next step is "${this.following.name}"`,
        fix: 'Use a ChoiceStep for several next steps.',
      });
    }
    if (step === this) {
      this.refuse({ property: 'next', value: step.name, rule: 'be another step, or the loop never ends' });
    }
    this.following = step;
  }

  /** The steps that may come after it. */
  public successors(): Step[] {
    const handlers = this.handlers.map(({ handler }) => handler.start);
    return this.following ? [this.following, ...handlers] : handlers;
  }

  /** Chains that run inside of it: branches, or the steps of an item. */
  public inner(): IChainable[] {
    return [];
  }

  /** What it asks of its state machine, apart from what runs inside of it. */
  public requirements(): StepRequirements {
    return {};
  }

  /** Its states; the first has the name of the step. */
  public abstract render(context: RenderContext): States;

  /** `Next` or `End` of the state that leaves the step. */
  protected transition(): State {
    return this.following ? { Next: this.following.name } : { End: true };
  }

  /** `Catch` of a state that may fail. */
  protected catchers(): readonly Catcher[] {
    return this.handlers.map(({ errors, handler, resultPath }) => ({
      ErrorEquals: errors,
      ResultPath: resultPath,
      Next: handler.start.name,
    }));
  }

  /** Judges what a step was given; it has no construct path, so its class and name stand for it. */
  protected check<P extends object>(
    props: P,
    rules: Shape<P>,
    contradictions?: (props: P, report: Report) => void,
  ): void {
    const problems = problemsOf(shape(rules), props, '');
    // Between malformed values a comparison would stumble.
    if (problems.length === 0) contradictions?.(props, (problem) => problems.push(problem));
    if (problems.length > 0) throw new ValidationError(this.title(), problems);
  }

  protected refuse(problem: ValidationProblem): never {
    throw new ValidationError(this.title(), [problem]);
  }

  private title(): string {
    return `${this.constructor.name} "${this.name}"`;
  }
}

/** Steps one after the other. */
export class StepChain implements IChainable {
  /**
   * @param start where it begins
   * @param ends where it may be left
   */
  constructor(
    public readonly start: Step,
    public readonly ends: readonly Step[],
  ) {}

  /** Goes on with another step from wherever the chain may be left. */
  public next(step: IChainable): StepChain {
    const problems = problemsOf(chainable, step, 'next');
    if (this.ends.length === 0 && problems.length === 0) {
      problems.push({
        property: 'next',
        value: step.start.name,
        rule: 'not be called after steps that end the execution, or after a choice without conditions',
        fix: 'Complete the choice first, or omit the call.',
      });
    }
    if (problems.length > 0) {
      throw new ValidationError(`${this.start.constructor.name} "${this.start.name}"`, problems);
    }
    for (const end of this.ends) end.follow(step.start);
    return new StepChain(this.start, step.ends);
  }
}

/** Every step that can be reached from a start, that one first, without what runs inside of them. */
export function reachable(start: Step): Step[] {
  const found = new Set<Step>([start]);
  // A set goes on with what is added while it is walked.
  for (const step of found) for (const next of step.successors()) found.add(next);
  return [...found];
}

/** Every step of a chain and of all that runs inside of it. */
export function everyStep(chain: IChainable): Step[] {
  return reachable(chain.start).flatMap((step) => [step, ...step.inner().flatMap(everyStep)]);
}

/** The states of a chain, as a state machine or a branch has them. */
export function blockOf(chain: IChainable, context: RenderContext): StatesBlock {
  const states = reachable(chain.start).flatMap((step) => Object.entries(step.render(context)));
  return { StartAt: chain.start.name, States: Object.fromEntries(states) };
}
