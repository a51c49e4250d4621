import { integer, knownAtSynth, optional, type Shape } from '../../../core/rules';
import { path, referencePath, selector, template } from '../paths';
import { field, type States } from '../asl/states';
import { blockOf } from '../blocks';
import { fieldsRead } from '../fields-read';
import { isInputReference } from '../language/json-path';
import { FallibleStep } from '../fallible-step';
import type { IChainable, RenderContext, StepRequirements } from '../step';
import { chainable } from '../chainable';
import {
  checkOverlappingBranches,
  overlapAcknowledgement,
  type OverlapAcknowledgement,
} from './ambiguous-outcome';
import { checkedState } from './checked-state';
import { itemStates } from './item-states';
import { isNoScalar } from './required-fields';
import { retries, retriersOf, type RetryByError } from './retry';
import { repeatsOf } from './tries';
import { checkStep } from '../step-validation';

/** Props of a `MapStep`. */
export interface MapStepProps {
  /** Steps that run for each item. */
  readonly item: IChainable;
  /**
   * Path of the list.
   * @default - the input is the list
   */
  readonly itemsPath?: string;
  /**
   * Input of the steps of an item. Keys with the suffix `.$` have paths into the input of this step as values.
   * `$$.Map.Item.Value` is the item.
   * @default - the item
   */
  readonly itemSelector?: Readonly<Record<string, unknown>>;
  /**
   * Items at the same time: 1 to 40, which is what Step Functions does at most within one execution.
   * @default 40
   */
  readonly maxConcurrency?: number;
  /**
   * Retries of the whole map per error name.
   * @default - none
   */
  readonly retry?: RetryByError;
  /**
   * Selection of fields of the list of results.
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

const rules: Shape<MapStepProps> = {
  item: chainable,
  itemsPath: optional(path),
  itemSelector: optional(template),
  maxConcurrency: optional(knownAtSynth(integer(1, 40))),
  retry: optional(retries),
  resultSelector: optional(selector),
  resultPath: optional(referencePath),
  acknowledge: overlapAcknowledgement,
};

/** Runs steps for each item of a list, within the execution and its 25,000 events. */
export class MapStep extends FallibleStep {
  constructor(
    name: string,
    private readonly props: MapStepProps,
  ) {
    super(name);
    this.checkProps();
  }

  /** Chains that run inside the step. */
  public override inner(): readonly IChainable[] {
    return [this.props.item];
  }

  /** Functions, permissions and durations that the state machine must provide. */
  public override requirements(): StepRequirements {
    const retriers = retriersOf(this.props.retry);
    return { totalSeconds: Infinity, innerTries: 1 + repeatsOf(retriers) };
  }

  /** Renders the states; the first has the name of the step. */
  public render(context: RenderContext): States {
    // Steps may have been chained since the construction.
    this.checkProps();
    const { item, itemsPath, itemSelector, maxConcurrency, retry, resultSelector, resultPath } = this.props;
    const { ItemSelector, block } = itemStates(this.name, blockOf(item, context), itemSelector);
    return checkedState({
      name: this.name,
      part: 'map',
      fields: fieldsRead({ 'items.$': itemsPath, ItemSelector }),
      conditions: itemsPath === undefined || !isInputReference(itemsPath) ? [] : [isNoScalar(itemsPath)],
      states: (name) => ({
        name,
        state: {
          Type: 'Map',
          ...field('ItemsPath', itemsPath),
          ...field('ItemSelector', ItemSelector),
          MaxConcurrency: maxConcurrency ?? 40,
          ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, ...block },
        },
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
      checkOverlappingBranches(props, [this.props.item], report),
    );
  }
}
