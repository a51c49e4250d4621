import { acknowledgement } from '../../core/justification';
import {
  boolean,
  integer,
  knownAtSynth,
  singleLine,
  list,
  literalText,
  constructLike,
  optional,
  record,
  shape,
  type Rule,
  type Shape,
} from '../../core/rules';
import { quantity } from '../../kubernetes/quantity';
import { imageReference } from '../../kubernetes/image';
import { dnsLabel, labelKey } from '../../kubernetes/names';
import { shortName } from '../../core/short-name';
import { tolerations } from '../../kubernetes/toleration';
import { labels } from '../../kubernetes/namespace-and-labels';
import { path, referencePath, selector } from '../state-machine/paths';
import { poll } from '../state-machine/poll-schedule';
import type { GkeJobAcknowledgements, GkeJobStepProps, IndexedJob, JobResources } from './gke-job-step-props';
import { errorName } from '../state-machine/steps/error-names';
import { jobRetry } from './retry';
import { exitCode, variableName } from '../targets/container';

export const target: Rule = constructLike('a GkeJobTarget', {
  name: 'string',
  namespace: 'string',
  serviceAccountName: 'string',
  images: 'object',
  functionArn: 'string',
  cleanupFunctionArn: 'string',
});

export const gkeJobRules: Shape<GkeJobStepProps> = {
  target,
  image: imageReference,
  jobName: optional(shortName),
  command: optional(list(literalText, { min: 1 })),
  args: optional(list(literalText)),
  argsPath: optional(path),
  environment: optional(knownAtSynth(record(variableName, literalText))),
  resources: optional(
    shape<JobResources>({
      cpu: optional(quantity),
      memory: optional(quantity),
      ephemeralStorage: optional(quantity),
      gpus: optional(integer(1, 16)),
    }),
  ),
  exitCodes: optional(record(exitCode, errorName)),
  retry: optional(record(errorName, jobRetry)),
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
  tolerations: optional(tolerations),
  userId: optional(integer(1, 4_294_967_294)),
  writableRootFilesystem: optional(boolean),
  terminationGracePeriodSeconds: optional(integer(0, 600)),
  resultSelector: optional(selector),
  resultPath: optional(referencePath),
  acknowledge: optional(
    shape<GkeJobAcknowledgements>({ imageByTag: acknowledgement, overlappingJobs: acknowledgement }),
  ),
};
