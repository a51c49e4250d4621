import {
  all,
  integer,
  knownAtSynth,
  matching,
  optional,
  rule,
  shape,
  type Report,
  type Rule,
  type Shape,
} from '../../../core/rules';
import type { AwsPolicyStatement } from '../../../aws/policy-statement';
import { referencePath, selector } from '../paths';
import { field, type State, type States, type StatesBlock } from '../asl/states';
import { blockOf } from '../blocks';
import { checkedState } from './checked-state';
import { isNoScalar } from './required-fields';
import { fieldsRead } from '../fields-read';
import { FallibleStep } from '../fallible-step';
import type { IChainable, RenderContext, StepRequirements } from '../step';
import { chainable } from '../chainable';
import { checkStep } from '../step-validation';
import { toBucket } from '../../../core/remedies';

/** Objects of S3. */
export interface S3Location {
  /** Name of the bucket. */
  readonly bucket: string;
  /**
   * Prefix of the keys.
   * @default - all of the bucket
   */
  readonly prefix?: string;
}

/** Batch of items. */
export interface ItemBatch {
  /** Items of one batch: 1 to 100,000. */
  readonly size: number;
}

/** Props of a `DistributedMapStep`: `objects` or `itemsPath`. */
export interface DistributedMapStepProps {
  /** Steps that run for each item, in a separate execution. The input is the item, or `{ Items: […] }` of a batch. */
  readonly item: IChainable;
  /**
   * Objects of S3, each an item with `Key`, `Size` and `Etag`.
   * @default - `itemsPath`
   */
  readonly objects?: S3Location;
  /**
   * Path of a list in the input, which is an object.
   * @default - `objects`
   */
  readonly itemsPath?: string;
  /**
   * Hands items on in batches, so that one Job does several.
   * @default - one by one
   */
  readonly batch?: ItemBatch;
  /**
   * Items, or batches, at the same time: 1 to 10,000. What the cluster cannot run waits there, in a Kueue queue if
   * the target has one.
   * @default 100
   */
  readonly maxConcurrency?: number;
  /**
   * Share of the items that may fail: 0 to 100.
   * @default 0 - the first failure ends the step
   */
  readonly toleratedFailurePercentage?: number;
  /**
   * Location of the results. The output of the step then contains the name of the file.
   * @default - the list of results is the output: at most 262,144 bytes
   */
  readonly results?: S3Location;
  /**
   * Selection of fields of the output.
   * @default - all
   */
  readonly resultSelector?: Readonly<Record<string, unknown>>;
  /**
   * Reference path of the result in the input.
   * @default - the result replaces the input
   */
  readonly resultPath?: string;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

const location: Rule = shape<S3Location>({
  bucket: matching(BUCKET, 'have 3 to 63 lower-case letters, digits, "." and "-"', (value) =>
    toBucket(value, BUCKET),
  ),
  prefix: optional(matching(/^[^\s*]{1,1000}$/, 'have no space and no "*"')),
});

const rules: Shape<DistributedMapStepProps> = {
  item: chainable,
  objects: optional(location),
  itemsPath: optional(
    all(
      referencePath,
      rule('be a field of the input, so that the execution stays beside the list', (value) => value !== '$'),
    ),
  ),
  batch: optional(shape<ItemBatch>({ size: knownAtSynth(integer(1, 100_000)) })),
  maxConcurrency: optional(knownAtSynth(integer(1, 10_000))),
  toleratedFailurePercentage: optional(
    knownAtSynth(
      rule('be a number from 0 to 100', (value) => typeof value === 'number' && value >= 0 && value <= 100),
    ),
  ),
  results: optional(location),
  resultSelector: optional(selector),
  resultPath: optional(referencePath),
};

/**
 * Runs steps for up to ten million items, each in a separate execution.
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 */
export class DistributedMapStep extends FallibleStep {
  constructor(
    name: string,
    private readonly props: DistributedMapStepProps,
  ) {
    super(name);
    checkStep(this, props, rules, oneSource);
  }

  /** Chains that run inside the step. */
  public override inner(): readonly IChainable[] {
    return [this.props.item];
  }

  /** Functions, permissions and durations that the state machine must provide. */
  public override requirements(): StepRequirements {
    const { objects, results } = this.props;
    return {
      childExecutions: true,
      totalSeconds: Infinity,
      standardOnlyReason: 'only Standard state machines run a Distributed Map',
      statements: [...(objects ? reading(objects) : []), ...(results ? writing(results) : [])],
    };
  }

  /**
   * Renders the states; the first has the name of the step. A Pass records the execution before the Map, because each
   * item runs in another execution and the clean-up finds the Jobs by the first.
   */
  public render(context: RenderContext): States {
    const { itemsPath, maxConcurrency, toleratedFailurePercentage, resultSelector, resultPath } = this.props;
    const map = `${this.name}: map`;
    return checkedState({
      name: this.name,
      part: 'execution',
      fields: fieldsRead({ 'items.$': itemsPath }),
      conditions: itemsPath === undefined ? [] : [isNoScalar(itemsPath)],
      states: (start) => ({
        before: {
          [start]: {
            Type: 'Pass',
            Parameters: { 'execution.$': context.execution },
            ResultPath: '$.startedBy',
            Next: map,
          },
        },
        name: map,
        state: {
          Type: 'Map',
          ...this.source(),
          MaxConcurrency: maxConcurrency ?? 100,
          ToleratedFailurePercentage: toleratedFailurePercentage ?? 0,
          ItemProcessor: {
            ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
            ...this.processor(context.eventBudget),
          },
          ...this.writer(),
        },
      }),
      resultSelector,
      resultPath,
      catchers: this.catchers(),
      transition: this.transition(context),
    });
  }

  private source(): State {
    const { objects, itemsPath, batch } = this.props;
    const reader = objects && {
      Resource: 'arn:aws:states:::s3:listObjectsV2',
      Parameters: { Bucket: objects.bucket, ...field('Prefix', objects.prefix) },
    };
    const startedBy = { 'execution.$': '$.startedBy.execution' };
    return {
      ...field('ItemReader', reader),
      ...field('ItemsPath', itemsPath),
      ...(batch
        ? { ItemBatcher: { MaxItemsPerBatch: batch.size, BatchInput: startedBy } }
        : { ItemSelector: { ...startedBy, 'item.$': '$$.Map.Item.Value' } }),
    };
  }

  /** The steps of an item, before which it is unwrapped; the wrapping stays the input of the item's execution. */
  private processor(eventBudget: RenderContext['eventBudget']): StatesBlock {
    const { item, batch } = this.props;
    const unwrap = `${this.name}: item`;
    const startedBy = batch ? 'BatchInput.execution' : 'execution';
    const block = blockOf(item, { execution: `$$.Execution.Input.${startedBy}`, eventBudget });
    const unwrapped = batch ? { Parameters: { 'Items.$': '$.Items' } } : { InputPath: '$.item' };
    return {
      StartAt: unwrap,
      States: { [unwrap]: { Type: 'Pass', ...unwrapped, Next: block.StartAt }, ...block.States },
    };
  }

  private writer(): State {
    const { results } = this.props;
    return field(
      'ResultWriter',
      results && {
        Resource: 'arn:aws:states:::s3:putObject',
        Parameters: { Bucket: results.bucket, ...field('Prefix', results.prefix) },
      },
    );
  }
}

function oneSource({ objects, itemsPath }: DistributedMapStepProps, report: Report): void {
  if ((objects === undefined) !== (itemsPath === undefined)) return;
  report({
    property: 'itemsPath',
    value: itemsPath,
    rule: 'have one source: objects of S3 or a list in the input',
    fix: 'Set one of objects and itemsPath.',
  });
}

function reading({ bucket, prefix }: S3Location): AwsPolicyStatement[] {
  return [
    {
      actions: ['s3:ListBucket'],
      resources: [`arn:aws:s3:::${bucket}`],
      ...(prefix === undefined ? {} : { conditions: { StringLike: { 's3:prefix': `${prefix}*` } } }),
    },
  ];
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html */
function writing({ bucket, prefix = '' }: S3Location): AwsPolicyStatement[] {
  return [
    {
      actions: ['s3:PutObject', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:AbortMultipartUpload'],
      resources: [`arn:aws:s3:::${bucket}/${prefix}*`],
    },
  ];
}
