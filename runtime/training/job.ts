import { TRAINING_LABELS, type SubmitTraining, type TrainingTarget } from '../../lib/contracts/training';
import { hash, hashOf } from '../shared/input/hash';
import { executionHash, type Run } from '../shared/input/execution';

/** Fields of a job that the function reads. */
export interface VertexJob {
  readonly name: string;
  readonly state?: string;
  readonly createTime?: string;
  readonly startTime?: string;
  readonly endTime?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly error?: { readonly code?: number; readonly message?: string };
}

/** Id of a pipeline job: the same for each call of one attempt. Vertex AI chooses the id of a custom job. */
export function pipelineJobId({ execution, attempt, step }: SubmitTraining): string {
  return `run-${hash(`${execution}/${attempt}/${step}`).slice(0, 32)}`;
}

/** Hash that distinguishes two requests, independent of the order of fields. */
export function specHash({ job }: SubmitTraining): string {
  return hashOf(job).slice(0, 32);
}

/** Folder of the files of an attempt. */
export function outputUri({ bucket }: TrainingTarget, run: Run, attempt: string): string {
  return `gs://${bucket}/${run.id}/${attempt}`;
}

/** Fields with the network of a job. */
const NETWORK = new Set(['network', 'pscInterfaceConfig', 'reservedIpRanges']);

/** Body of the request to Vertex AI. The target sets account, bucket, network and labels; the input cannot. */
export function jobOf(request: SubmitTraining, run: Run, target: TrainingTarget): object {
  // A target without a network reaches none, also where a definition by hand names one.
  const given = Object.fromEntries(Object.entries(request.job).filter(([name]) => !NETWORK.has(name)));
  const files = outputUri(target, run, request.attempt);
  const network = target.networkAttachment && {
    pscInterfaceConfig: { networkAttachment: target.networkAttachment },
  };
  const common = {
    displayName: `${request.step}: ${target.reason}`.slice(0, 128),
    labels: labelsOf(request, run, target),
  };
  if (target.kind === 'pipelineJobs') {
    const { runtimeConfig, ...job } = given as { runtimeConfig?: object };
    return {
      ...job,
      ...common,
      ...network,
      serviceAccount: target.runAs,
      runtimeConfig: { ...runtimeConfig, gcsOutputDirectory: files },
    };
  }
  return {
    ...common,
    jobSpec: {
      ...given,
      ...network,
      serviceAccount: target.runAs,
      baseOutputDirectory: { outputUriPrefix: files },
    },
  };
}

function labelsOf(request: SubmitTraining, run: Run, target: TrainingTarget) {
  return {
    [TRAINING_LABELS.execution]: run.id,
    [TRAINING_LABELS.executionHash]: executionHash(run.execution),
    [TRAINING_LABELS.attempt]: request.attempt.toLowerCase(),
    [TRAINING_LABELS.stateMachine]: labelValue(run.stateMachine),
    [TRAINING_LABELS.target]: target.name,
    [TRAINING_LABELS.specHash]: specHash(request),
  };
}

/** Valid label value of a name. A changed name gets a hash, so that two names never have one value. */
function labelValue(name: string): string {
  if (/^[a-z0-9_-]{1,63}$/.test(name)) return name;
  const fit = name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '-')
    .slice(0, 52);
  return `${fit}-${hash(name).slice(0, 10)}`;
}
