import { Token } from 'cdktf';
import { acknowledgement } from '../../core/justification';
import {
  boolean,
  integer,
  knownAtSynth,
  singleLine,
  list,
  constructLike,
  oneOfOrToken,
  optional,
  record,
  shape,
  string,
  exceeds,
  type Report,
  type Rule,
  type Shape,
} from '../../core/rules';
import { quantity } from '../../kubernetes/quantity';
import { imageReference, isByDigest } from '../../kubernetes/image';
import { dnsLabel, labelKey } from '../../kubernetes/names';
import { shortName } from '../../core/short-name';
import { labels } from '../../kubernetes/namespace-and-labels';
import { GKE_ERRORS } from '../../contracts/job-errors';
import { imagePattern } from './image-patterns';
import { path, referencePath, selector } from '../state-machine/paths';
import { poll, scheduleOf } from '../state-machine/poll-schedule';
import { isNonRetryable } from '../state-machine/non-retryable';
import type {
  GkeJobAcknowledgements,
  GkeJobStepProps,
  IndexedJob,
  JobResources,
  JobToleration,
  MemoryEscalation,
} from './gke-job-step-props';
import { errorName, retryOptions } from '../state-machine/steps/retry';
import { checkOverlappingJobs } from '../state-machine/steps/ambiguous-outcome';
import { exitCode, variableName } from '../targets/container';

export const target: Rule = constructLike('a GkeJobTarget', {
  name: 'string',
  namespace: 'string',
  serviceAccountName: 'string',
  images: 'object',
  functionArn: 'string',
  cleanupFunctionArn: 'string',
  cleanupDeadLetterQueueName: 'string',
});

const ladder = shape<MemoryEscalation>({ memory: list(quantity, { min: 2, max: 6 }) });

const retryOrLadder: Rule = (value, property, report) =>
  (typeof value === 'object' && value !== null && 'memory' in value ? ladder : retryOptions)(
    value,
    property,
    report,
  );

export const gkeJobRules: Shape<GkeJobStepProps> = {
  target,
  image: imageReference,
  jobName: optional(shortName),
  command: optional(list(string(), { min: 1 })),
  args: optional(list(string())),
  argsPath: optional(path),
  environment: optional(record(variableName, string())),
  resources: optional(
    shape<JobResources>({
      cpu: optional(quantity),
      memory: optional(quantity),
      ephemeralStorage: optional(quantity),
      gpus: optional(integer(1, 16)),
    }),
  ),
  exitCodes: optional(record(exitCode, errorName)),
  retry: optional(record(errorName, retryOrLadder)),
  deadlineSeconds: optional(knownAtSynth(integer(30, 2_592_000))),
  timeoutSeconds: optional(knownAtSynth(integer(60, 31_536_000))),
  pendingSeconds: optional(knownAtSynth(integer(0, 86_400))),
  ttlSeconds: optional(knownAtSynth(integer(60, 2_592_000))),
  poll: optional(poll),
  indexed: optional(
    shape<IndexedJob>({
      completions: knownAtSynth(integer(1, 100_000)),
      parallelism: optional(knownAtSynth(integer(1, 10_000))),
      retriesPerIndex: optional(knownAtSynth(integer(0, 100))),
      maxFailedIndexes: optional(knownAtSynth(integer(0, 100_000))),
    }),
  ),
  queue: optional(dnsLabel),
  awsRole: optional(
    constructLike('a GkeToAwsRole', {
      environment: 'object',
      tokenVolume: 'object',
      tokenVolumeMount: 'object',
    }),
  ),
  labels: optional(labels),
  annotations: optional(record(labelKey, singleLine(1_000))),
  nodeSelector: optional(labels),
  tolerations: optional(
    list(
      shape<JobToleration>({
        key: labelKey,
        operator: optional(oneOfOrToken(['Equal', 'Exists'])),
        value: optional(string()),
        effect: optional(oneOfOrToken(['NoSchedule', 'PreferNoSchedule', 'NoExecute'])),
      }),
    ),
  ),
  userId: optional(integer(1, 4_294_967_294)),
  writableRootFilesystem: optional(boolean),
  terminationGracePeriodSeconds: optional(integer(0, 600)),
  resultSelector: optional(selector),
  resultPath: optional(referencePath),
  acknowledge: optional(
    shape<GkeJobAcknowledgements>({ imageByTag: acknowledgement, overlappingJobs: acknowledgement }),
  ),
};

/** What no single property of a Job tells. */
export function gkeJobCrossChecks(props: GkeJobStepProps, report: Report): void {
  checkImage(props, report);
  checkTimes(props, report);
  checkRetries(props, report);
  checkOverlappingJobs(props, report);
  checkRole(props, report);
  if (props.args !== undefined && props.argsPath !== undefined) {
    const rule = 'the arguments are known at synth or when the step runs';
    report({ property: 'argsPath', value: props.argsPath, rule, fix: 'Leave out args.' });
  }
  if (props.indexed && exceeds(props.indexed.parallelism, props.indexed.completions)) {
    const rule = `there are ${props.indexed.completions} indexes, and pods beyond them would have nothing to do`;
    report({ property: 'indexed.parallelism', value: props.indexed.parallelism, rule, fix: 'Give less.' });
  }
  if (props.target.queue === undefined && props.queue !== undefined) {
    const rule = `the target "${props.target.name}" has no queue, and its admission policy lets in no other`;
    report({ property: 'queue', value: props.queue, rule, fix: 'Name the queue at the target.' });
  } else if (props.queue !== undefined && props.queue !== props.target.queue) {
    const rule = `the queue of the target "${props.target.name}" is ${props.target.queue}`;
    report({ property: 'queue', value: props.queue, rule, fix: 'Leave it out.' });
  }
}

function checkImage({ image, target, acknowledge }: GkeJobStepProps, report: Report): void {
  if (Token.isUnresolved(image)) return;
  if (!target.images.some((pattern) => imagePattern(pattern).test(image))) {
    const rule = `the target "${target.name}" runs ${target.images.join(', ')} and no other image`;
    report({ property: 'image', value: image, rule, fix: 'Add it to the images of the target.' });
  }
  if (!isByDigest(image) && acknowledge?.imageByTag === undefined) {
    report({
      property: 'image',
      value: image,
      rule: 'a tag may point to another image tomorrow, so what was reviewed is not what runs',
      fix: 'Name the image by digest (REPOSITORY@sha256:…), or say why not in acknowledge.imageByTag.',
    });
  }
}

function checkTimes(props: GkeJobStepProps, report: Report): void {
  const { deadlineSeconds = 3_600, timeoutSeconds, ttlSeconds } = props;
  if (exceeds(deadlineSeconds, timeoutSeconds)) {
    report({
      property: 'deadlineSeconds',
      value: deadlineSeconds,
      rule: `the step is given up after ${timeoutSeconds} seconds, and the Job would go on without anyone who waits`,
      fix: 'Give the Job less time, or the step more.',
    });
  }
  const { maxSeconds } = scheduleOf(props.poll);
  if (exceeds(2 * maxSeconds, ttlSeconds)) {
    report({
      property: 'ttlSeconds',
      value: ttlSeconds,
      rule: `a Job is looked at every ${maxSeconds} seconds, and must still be there when it has ended`,
      fix: `Keep it for ${2 * maxSeconds} seconds or more.`,
    });
  }
}

function checkRetries({ retry = {}, resources }: GkeJobStepProps, report: Report): void {
  for (const [error, options] of Object.entries(retry)) {
    const property = `retry["${error}"]`;
    const isLadder = 'memory' in options;
    if (isNonRetryable(error)) {
      const rule = 'another Job of the same kind would end in the same way';
      report({ property, value: options, rule, fix: 'Use catch for it.' });
    }
    if (error === GKE_ERRORS.OOM_KILLED && !isLadder) {
      const rule = 'with the same memory it would be killed again';
      report({ property, value: options, rule, fix: 'Give a ladder: { memory: ["2Gi", "4Gi"] }.' });
    }
    if (error !== GKE_ERRORS.OOM_KILLED && isLadder) {
      const rule = 'more memory helps against GKE.OOMKilled alone';
      report({ property, value: options, rule, fix: 'Give attempts.' });
    }
    if (!isLadder) continue;
    if (resources?.memory !== undefined) {
      const rule = 'the ladder in retry says how much memory there is';
      report({ property: 'resources.memory', value: resources.memory, rule, fix: 'Leave it out.' });
    }
    const sizes = options.memory.map(bytes);
    if (sizes.some((size, rung) => rung > 0 && size <= sizes[rung - 1]!)) {
      const rule = 'each size is more than the one before';
      report({ property: `${property}.memory`, value: options.memory, rule });
    }
  }
}

function checkRole({ awsRole, target }: GkeJobStepProps, report: Report): void {
  if (!awsRole) return;
  const wanted = `${target.namespace}/${target.serviceAccountName}`;
  const trusted = `${awsRole.namespace}/${awsRole.serviceAccountName}`;
  if (wanted === trusted) return;
  report({
    property: 'awsRole',
    value: trusted,
    rule: `the pods run as ${wanted}, and the role trusts ${trusted}`,
    fix: 'Make a role for the service account of the target.',
  });
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

function bytes(quantity: string): number {
  const [, number, unit] = /^([\d.]+)([A-Za-z]*)$/.exec(quantity)!;
  return Number(number) * (UNITS[unit!] ?? NaN);
}
