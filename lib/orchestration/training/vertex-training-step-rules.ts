import { Token } from 'cdktf';
import { acknowledgement } from '../../core/justification';
import {
  exceeds,
  integer,
  knownAtSynth,
  constructLike,
  optional,
  record,
  shape,
  type Report,
  type Shape,
} from '../../core/rules';
import { isByDigest } from '../../kubernetes/image';
import { referencePath, selector } from '../state-machine/paths';
import { checkPollWithin, poll } from '../state-machine/poll-schedule';
import { NON_RETRYABLE_VERTEX_ERRORS, type VertexError } from '../../contracts/training-errors';
import { exitCode } from '../targets/container';
import { errorName } from '../state-machine/steps/error-names';
import { retries } from '../state-machine/steps/retry';
import { checkOverlappingJobs } from '../state-machine/steps/ambiguous-outcome';
import { vertexJob, type CustomTraining } from './vertex-job';
import type { TrainingAcknowledgements, VertexTrainingStepProps } from './vertex-training-step-props';

export const vertexTrainingRules: Shape<VertexTrainingStepProps> = {
  target: constructLike('a VertexTrainingTarget', {
    name: 'string',
    kind: 'string',
    functionArn: 'string',
    cleanupFunctionArn: 'string',
    cleanupDeadLetterQueueName: 'string',
  }),
  job: vertexJob,
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

const ONE_HOUR = 3_600;
const ONE_DAY = 86_400;

/** Time limits of a training in seconds, with their defaults. */
export function trainingTimesOf(props: VertexTrainingStepProps): {
  readonly deadlineSeconds: number;
  readonly timeoutSeconds: number;
} {
  const { deadlineSeconds = Math.min(ONE_DAY, props.timeoutSeconds ?? ONE_DAY) } = props;
  return { deadlineSeconds, timeoutSeconds: props.timeoutSeconds ?? deadlineSeconds + ONE_HOUR };
}

/** Cross-property validation of a training. */
export function vertexTrainingCrossChecks(props: VertexTrainingStepProps, report: Report): void {
  const { target, job, deadlineSeconds, timeoutSeconds, retry = {} } = props;
  if (job.kind !== target.kind) {
    report({
      property: 'job',
      value: job.kind,
      rule: `be the kind of job that the target "${target.name}" submits (${target.kind})`,
      fix: `Use VertexJob.${target.kind === 'customJob' ? 'custom' : 'pipeline'}(…), or another target.`,
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
  checkPollWithin(props.poll, trainingTimesOf(props).timeoutSeconds, report);
  if (job.kind === 'pipelineJob' && deadlineSeconds !== undefined) {
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
  if (job.kind === 'customJob') checkCustomJob(job, props, report);
}

function checkCustomJob(
  { image, args, argsPath }: CustomTraining,
  { acknowledge }: VertexTrainingStepProps,
  report: Report,
): void {
  if (args !== undefined && argsPath !== undefined) {
    const rule = 'be omitted when args is set';
    report({ property: 'job.argsPath', value: argsPath, rule, fix: 'Omit args.' });
  }
  if (Token.isUnresolved(image) || isByDigest(image) || acknowledge?.imageByTag !== undefined) return;
  report({
    property: 'job.image',
    value: image,
    rule: 'be an image with a digest, because a tag can point to another image later',
    fix: 'Use REPOSITORY@sha256:…, or set acknowledge.imageByTag to the reason.',
  });
}
