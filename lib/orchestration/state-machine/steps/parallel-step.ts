import { list, optional, type Shape } from '../../../core/rules';
import { chainable } from '../chainable';
import { referencePath, selector } from '../paths';
import type { States } from '../asl/states';
import { blockOf } from '../blocks';
import { FallibleStep } from '../fallible-step';
import type { IChainable, RenderContext, StepRequirements } from '../step';
import {
  checkOverlappingBranches,
  overlapAcknowledgement,
  type OverlapAcknowledgement,
} from './ambiguous-outcome';
import { checkedState } from './checked-state';
import { retries, retriersOf, type RetryByError } from './retry';
import { pauseSecondsOf, repeatsOf } from './tries';
import { checkStep } from '../step-validation';

/** Props of a `ParallelStep`. */
export interface ParallelStepProps {
  /** Branches that run concurrently, each with the input of the step: at least one. */
  readonly branches: readonly IChainable[];
  /**
   * Retries of all branches per error name.
   * @default - none
   */
  readonly retry?: RetryByError;
  /**
   * Selection of fields of the list of results: `{ "first.$": "$[0]" }`.
   * @default - the list
   */
  readonly resultSelector?: Readonly<Record<string, unknown>>;
  /**
   * Reference path of the result in the input.
   * @default - the result replaces the input
   */
  readonly resultPath?: string;
  /**
   * Safety checks to override.
   * @default - no overrides
   */
  readonly acknowledge?: OverlapAcknowledgement;
}

const rules: Shape<ParallelStepProps> = {
  branches: list(chainable, { min: 1 }),
  retry: optional(retries),
  resultSelector: optional(selector),
  resultPath: optional(referencePath),
  acknowledge: overlapAcknowledgement,
};

/** Runs branches side by side and waits for all; one that fails ends the others. */
export class ParallelStep extends FallibleStep {
  constructor(
    name: string,
    private readonly props: ParallelStepProps,
  ) {
    super(name);
    this.checkProps();
  }

  /** Chains that run inside the step. */
  public override inner(): readonly IChainable[] {
    return this.props.branches;
  }

  /** Functions, permissions and durations that the state machine must provide. */
  public override requirements(): StepRequirements {
    const retriers = retriersOf(this.props.retry);
    return { totalSeconds: pauseSecondsOf(retriers), innerTries: 1 + repeatsOf(retriers) };
  }

  /** Renders the states; the first has the name of the step. */
  public render(context: RenderContext): States {
    // Steps may have been chained since the construction.
    this.checkProps();
    const { branches, retry, resultSelector, resultPath } = this.props;
    return checkedState({
      name: this.name,
      part: 'branches',
      fields: [],
      states: (name) => ({
        name,
        state: { Type: 'Parallel', Branches: branches.map((branch) => blockOf(branch, context)) },
      }),
      resultSelector,
      resultPath,
      retry: retriersOf(retry),
      catchers: this.catchers(),
      transition: this.transition(context),
    });
  }

  private checkProps(): void {
    checkStep(this, this.props, rules, (props, report) =>
      checkOverlappingBranches(props, this.props.branches, report),
    );
  }
}
