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
   * Environment variables, beside those that say what the job is for.
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;
}

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

export const pipelineRule: Rule = shape<TriggeredPipeline>({
  templateUri: knownAtSynth(pipelineTemplateUri),
  parameters: optional(record(parameterName, scalar)),
  imageParameter: optional(parameterName),
});

export const customJobRule: Rule = shape<TriggeredCustomJob>({
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
    record(
      matching(/^[A-Za-z_]\w*$/, 'have letters, digits and "_", and start with a letter or "_"'),
      literal,
    ),
  ),
});
