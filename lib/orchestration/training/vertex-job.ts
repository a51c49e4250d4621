import {
  integer,
  knownAtSynth,
  list,
  literalText,
  matching,
  optional,
  record,
  shape,
  type Rule,
} from '../../core/rules';
import { anyKind, variants } from '../../core/variants';
import { imageReference } from '../../kubernetes/image';
import { pipelineTemplateUri } from '../../vertex/pipeline-template';
import { path, template } from '../state-machine/paths';
import type { State } from '../state-machine/asl/states';
import { environmentVariables, variableName } from '../targets/container';

/** GPUs of each machine. */
export interface TrainingGpus {
  /** Accelerator type of Vertex AI, for example `NVIDIA_L4`. */
  readonly type: string;
  /** Number of GPUs: 1 to 16. */
  readonly count: number;
}

/** A custom job: one container on one or more machines. https://cloud.google.com/vertex-ai/docs/training/create-custom-job */
export interface CustomTraining {
  /** Kind of the job, which `VertexJob.custom` sets. */
  readonly kind: 'customJob';
  /** Image with a digest. */
  readonly image: string;
  /** Machine type, for example `n1-standard-8`. */
  readonly machineType: string;
  /**
   * GPUs of each machine.
   * @default - no GPUs
   */
  readonly gpus?: TrainingGpus;
  /**
   * Number of machines: 1 to 1,000.
   * @default 1
   */
  readonly machines?: number;
  /**
   * Command of the container.
   * @default - the entry point of the image
   */
  readonly command?: readonly string[];
  /**
   * Arguments of the container.
   * @default - the arguments of the image
   */
  readonly args?: readonly string[];
  /**
   * Path or intrinsic function that returns a list of arguments when the step runs.
   * @default - `args`
   */
  readonly argsPath?: string;
  /**
   * Environment variables. The value of a name with the suffix `.$` is a path.
   * @default - no variables
   */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A compiled pipeline. https://cloud.google.com/vertex-ai/docs/pipelines/run-pipeline */
export interface PipelineTraining {
  /** Kind of the job, which `VertexJob.pipeline` sets. */
  readonly kind: 'pipelineJob';
  /**
   * Template in Artifact Registry: `https://REGION-kfp.pkg.dev/PROJECT/REPOSITORY/NAME/TAG`. With `sha256:…` in place of
   * the tag, the template never changes. The repository is one of `templateRepositories` of the target.
   */
  readonly templateUri: string;
  /**
   * Values of the parameters of the template. Keys with the suffix `.$` have paths as values.
   * @default - the defaults of the template
   */
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** A job that a `VertexTrainingStep` runs. */
export type VertexJob = CustomTraining | PipelineTraining;

/** Factories of jobs, for example `VertexJob.custom({ image, machineType })`. */
export const VertexJob = Object.freeze({
  /** A custom job. */
  custom: (options: Omit<CustomTraining, 'kind'>): CustomTraining => ({ ...options, kind: 'customJob' }),
  /** A pipeline job. */
  pipeline: (options: Omit<PipelineTraining, 'kind'>): PipelineTraining => ({
    ...options,
    kind: 'pipelineJob',
  }),
});

export const vertexJob: Rule = knownAtSynth(
  variants('VertexJob.custom(…) or VertexJob.pipeline(…)', {
    customJob: shape<CustomTraining>({
      kind: anyKind,
      image: imageReference,
      machineType: matching(
        /^[a-z][a-z0-9]*(-[a-z0-9]+)+$/,
        'be a machine type, for example "n1-standard-8"',
      ),
      gpus: optional(
        shape<TrainingGpus>({
          type: matching(/^[A-Z][A-Z0-9_]+$/, 'be an accelerator type, for example "NVIDIA_L4"'),
          count: integer(1, 16),
        }),
      ),
      machines: optional(integer(1, 1_000)),
      command: optional(list(literalText, { min: 1 })),
      args: optional(list(literalText)),
      argsPath: optional(path),
      environment: optional(knownAtSynth(record(variableName, literalText))),
    }),
    pipelineJob: shape<PipelineTraining>({
      kind: anyKind,
      templateUri: pipelineTemplateUri,
      parameters: optional(template),
    }),
  }),
);

/** Request of the job for Vertex AI. */
export function requestOf(job: VertexJob, deadlineSeconds: number): State {
  return job.kind === 'customJob' ? customJobOf(job, deadlineSeconds) : pipelineOf(job);
}

/** https://cloud.google.com/vertex-ai/docs/reference/rest/v1/CustomJobSpec */
function customJobOf(job: CustomTraining, deadlineSeconds: number): State {
  return {
    scheduling: { timeout: `${deadlineSeconds}s` },
    workerPoolSpecs: [
      {
        replicaCount: String(job.machines ?? 1),
        machineSpec: {
          machineType: job.machineType,
          ...(job.gpus && { acceleratorType: job.gpus.type, acceleratorCount: job.gpus.count }),
        },
        containerSpec: {
          imageUri: job.image,
          ...(job.command && { command: [...job.command] }),
          ...(job.args && { args: [...job.args] }),
          ...(job.argsPath === undefined ? {} : { 'args.$': job.argsPath }),
          env: environmentVariables(job.environment ?? {}),
        },
      },
    ],
  };
}

/** https://cloud.google.com/vertex-ai/docs/reference/rest/v1/projects.locations.pipelineJobs */
function pipelineOf({ templateUri, parameters }: PipelineTraining): State {
  return { templateUri, runtimeConfig: { parameterValues: { ...parameters } } };
}
