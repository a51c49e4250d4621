import { integer, list, matching, optional, record, rule, shape, type Rule } from '../core/rules';

/** A pipeline that a trigger starts. */
export interface TriggeredPipeline {
  /**
   * Compiled pipeline: `https://REGION-kfp.pkg.dev/PROJECT/REPOSITORY/NAME/TAG` in Artifact Registry, or a
   * `gs://…` file.
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
  'it is a string without "${", which the Workflow would read as the start of an expression',
  (value) => typeof value === 'string' && !value.includes('${'),
);

const scalar: Rule = (value, property, report) =>
  (typeof value === 'string' ? literal : number)(value, property, report);

const number = rule(
  'a parameter is a string, a number or a boolean',
  (value) => typeof value === 'boolean' || Number.isFinite(value),
);

const parameterName = matching(/^[A-Za-z_][\w-]*$/, 'a parameter is named by letters, digits, "_" and "-"');

export const pipelineRule: Rule = shape<TriggeredPipeline>({
  templateUri: matching(
    /^(gs:\/\/[^/]+\/.+|https:\/\/[a-z0-9-]+-kfp\.pkg\.dev\/.+)$/,
    'a template is a gs://… file or an https://REGION-kfp.pkg.dev/… package',
  ),
  parameters: optional(record(parameterName, scalar)),
  imageParameter: optional(parameterName),
});

export const customJobRule: Rule = shape<TriggeredCustomJob>({
  image: optional(literal),
  machineType: matching(/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/, 'a machine type reads like "n1-standard-8"'),
  accelerator: optional(
    shape<TrainingAccelerator>({
      type: matching(/^[A-Z][A-Z0-9_]+$/, 'a type reads like "NVIDIA_L4"'),
      count: integer(1, 16),
    }),
  ),
  replicaCount: optional(integer(1, 1_000)),
  args: optional(list(literal)),
  environment: optional(
    record(matching(/^[A-Za-z_]\w*$/, 'an environment variable has letters, digits and "_"'), literal),
  ),
});
