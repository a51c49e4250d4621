import { anyKind, variants } from '../core/variants';
import {
  integer,
  knownAtSynth,
  list,
  matching,
  optional,
  record,
  rule,
  shape,
  type Rule,
} from '../core/rules';
import { pipelineTemplateUri } from './pipeline-template';

/** A pipeline that a trigger starts. */
export interface TriggeredPipeline {
  /** Kind of the job, which `TriggeredJob.pipeline` sets. */
  readonly kind: 'pipelineJob';
  /**
   * Compiled pipeline in Artifact Registry: `https://REGION-kfp.pkg.dev/PROJECT/REPOSITORY/NAME/TAG`, or `sha256:…` in
   * place of the tag, which always means the same template. The submitter, and for a repository of another project the
   * service agent of Vertex AI, get the reader role on the repository.
   */
  readonly templateUri: string;
  /**
   * Values of its parameters.
   * @default - those of the template
   */
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
  /**
   * Name of the parameter that gets the image of the deployment.
   * @default - none does
   */
  readonly imageParameter?: string;
}

/** GPUs of a training machine. */
export interface TrainingAccelerator {
  /** Type in Vertex AI's words, for example `NVIDIA_L4`. */
  readonly type: string;
  /** How many: 1 to 16. */
  readonly count: number;
}

/** A custom job that a trigger starts: one container on one or more machines. */
export interface TriggeredCustomJob {
  /** Kind of the job, which `TriggeredJob.custom` sets. */
  readonly kind: 'customJob';
  /**
   * Image of the training container.
   * @default - the image of the deployment itself
   */
  readonly image?: string;
  /** Machine type, for example `n1-standard-8`. */
  readonly machineType: string;
  /**
   * GPUs of each machine.
   * @default - none
   */
  readonly accelerator?: TrainingAccelerator;
  /**
   * Number of machines: 1 to 1,000.
   * @default 1
   */
  readonly replicaCount?: number;
  /**
   * Arguments of the container.
   * @default - as the image says
   */
  readonly args?: readonly string[];
  /**
   * Environment variables, in addition to those of the library: reason and Deployment.
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A job of Vertex AI that a trigger starts. */
export type TriggeredJob = TriggeredPipeline | TriggeredCustomJob;

/** Factories of jobs, for example `TriggeredJob.pipeline({ templateUri })`. */
export const TriggeredJob = Object.freeze({
  /** A pipeline job from a compiled pipeline. */
  pipeline: (options: Omit<TriggeredPipeline, 'kind'>): TriggeredPipeline => ({
    ...options,
    kind: 'pipelineJob',
  }),
  /** A custom job: one container on one or more machines. */
  custom: (options: Omit<TriggeredCustomJob, 'kind'>): TriggeredCustomJob => ({
    ...options,
    kind: 'customJob',
  }),
});

const literal = rule(
  'be a string without "${", which starts an expression in Workflows',
  (value) => typeof value === 'string' && !value.includes('${'),
);

const scalar: Rule = (value, property, report) =>
  (typeof value === 'string' ? literal : number)(value, property, report);

const number = rule(
  'be a string, a number or a boolean',
  (value) => typeof value === 'boolean' || Number.isFinite(value),
);

const parameterName = matching(
  /^[A-Za-z_][\w-]*$/,
  'have letters, digits, "_" and "-", and start with a letter or "_"',
);

const pipelineRule: Rule = shape<TriggeredPipeline>({
  kind: anyKind,
  templateUri: knownAtSynth(pipelineTemplateUri),
  parameters: optional(knownAtSynth(record(parameterName, scalar))),
  imageParameter: optional(parameterName),
});

const customJobRule: Rule = shape<TriggeredCustomJob>({
  kind: anyKind,
  image: optional(literal),
  machineType: matching(/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/, 'be a machine type, for example "n1-standard-8"'),
  accelerator: optional(
    shape<TrainingAccelerator>({
      type: matching(/^[A-Z][A-Z0-9_]+$/, 'be an accelerator type, for example "NVIDIA_L4"'),
      count: integer(1, 16),
    }),
  ),
  replicaCount: optional(integer(1, 1_000)),
  args: optional(list(literal)),
  environment: optional(
    knownAtSynth(
      record(
        matching(/^[A-Za-z_]\w*$/, 'have letters, digits and "_", and start with a letter or "_"'),
        literal,
      ),
    ),
  ),
});

export const triggeredJobRule: Rule = knownAtSynth(
  variants('TriggeredJob.pipeline(…) or TriggeredJob.custom(…)', {
    pipelineJob: pipelineRule,
    customJob: customJobRule,
  }),
);
