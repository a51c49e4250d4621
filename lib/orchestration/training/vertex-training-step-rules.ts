import { Token } from 'cdktf';
import { acknowledgement } from '../../core/justification';
import {
  exceeds,
  integer,
  knownAtSynth,
  list,
  literalText,
  constructLike,
  matching,
  optional,
  record,
  shape,
  type Report,
  type Shape,
} from '../../core/rules';
import { imageReference, isByDigest } from '../../kubernetes/image';
import { pipelineTemplateUri } from '../../vertex/pipeline-template';
import { path, referencePath, selector, template } from '../state-machine/paths';
import { poll } from '../state-machine/poll-schedule';
import { NON_RETRYABLE_VERTEX_ERRORS, type VertexError } from '../../contracts/training-errors';
import { exitCode, variableName } from '../targets/container';
import { errorName } from '../state-machine/steps/error-names';
import { retries } from '../state-machine/steps/retry';
import { checkOverlappingJobs } from '../state-machine/steps/ambiguous-outcome';
import type {
  CustomTraining,
  PipelineTraining,
  TrainingAcknowledgements,
  TrainingGpus,
  VertexTrainingStepProps,
} from './vertex-training-step-props';

export const vertexTrainingRules: Shape<VertexTrainingStepProps> = {
  target: constructLike('a VertexTrainingTarget', {
    name: 'string',
    kind: 'string',
    functionArn: 'string',
    cleanupFunctionArn: 'string',
    cleanupDeadLetterQueueName: 'string',
  }),
  customJob: optional(
    shape<CustomTraining>({
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
  ),
  pipeline: optional(
    shape<PipelineTraining>({
      templateUri: pipelineTemplateUri,
      parameters: optional(template),
    }),
  ),
  exitCodes: optional(record(exitCode, errorName)),
  retry: optional(retries),
  deadlineSeconds: optional(knownAtSynth(integer(60, 604_800))),
  timeoutSeconds: optional(knownAtSynth(integer(60, 31_536_000))),
  poll: optional(poll),
  resultSelector: optional(selector),
  resultPath: optional(referencePath),
  acknowledge: optional(
    shape<TrainingAcknowledgements>({ imageByTag: acknowledgement, overlappingJobs: acknowledgement }),
  ),
};

/** What no single property of a training tells. */
export function vertexTrainingCrossChecks(props: VertexTrainingStepProps, report: Report): void {
  const { target, customJob, pipeline, deadlineSeconds, timeoutSeconds, retry = {} } = props;
  const other = target.kind === 'pipeline' ? 'customJob' : 'pipeline';
  if (props[target.kind] === undefined || props[other] !== undefined) {
    report({
      property: target.kind,
      value: props[target.kind],
      rule: `be the kind of job that the target "${target.name}" submits`,
      fix: `Set ${target.kind} instead of ${other}.`,
    });
  }
  if (exceeds(deadlineSeconds, timeoutSeconds)) {
    report({
      property: 'deadlineSeconds',
      value: deadlineSeconds,
      rule: `not exceed timeoutSeconds of the step (${timeoutSeconds})`,
      fix: 'Set a shorter time-out of the job or a longer timeoutSeconds.',
    });
  }
  if (pipeline !== undefined && deadlineSeconds !== undefined) {
    const rule = 'be omitted for a pipeline job, which has no deadline';
    report({ property: 'deadlineSeconds', value: deadlineSeconds, rule, fix: 'Set timeoutSeconds.' });
  }
  for (const error of Object.keys(retry).filter((name) =>
    NON_RETRYABLE_VERTEX_ERRORS.includes(name as VertexError),
  )) {
    const rule = 'not be a retry of this error, because another job would end in the same way';
    report({ property: `retry["${error}"]`, value: retry[error], rule, fix: 'Use catch.' });
  }
  checkOverlappingJobs(props, report);
  if (customJob) checkCustomJob(customJob, props, report);
}

function checkCustomJob(
  { image, args, argsPath }: CustomTraining,
  { acknowledge }: VertexTrainingStepProps,
  report: Report,
): void {
  if (args !== undefined && argsPath !== undefined) {
    const rule = 'be omitted when args is set';
    report({ property: 'customJob.argsPath', value: argsPath, rule, fix: 'Omit args.' });
  }
  if (Token.isUnresolved(image) || isByDigest(image) || acknowledge?.imageByTag !== undefined) return;
  report({
    property: 'customJob.image',
    value: image,
    rule: 'be an image with a digest, because a tag can point to another image later',
    fix: 'Use REPOSITORY@sha256:…, or set acknowledge.imageByTag to the reason.',
  });
}
