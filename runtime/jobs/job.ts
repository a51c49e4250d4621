import {
  JOB_ANNOTATIONS,
  JOB_LABELS,
  TASK_TOKEN,
  type JobTargetSettings,
  type PodSpec,
  type SubmitRequest,
} from '../../lib/contracts/jobs';
import type { Run } from '../shared/input/execution';
import { hash, hashOf } from '../shared/input/hash';
import { literalPod } from './literal-pod';

const LONGEST_NAME = 63;

/** Name of the Job of a request. All calls of one attempt give one name, so that a lost response creates no second Job. */
export function jobName({ name, execution, attempt, step, job }: SubmitRequest): string {
  const mark = hash(`${execution}/${attempt}/${step}`).slice(0, 10);
  const room = LONGEST_NAME - roomForIndex(job.spec) - mark.length - 1;
  return `${name.slice(0, room).replace(/-+$/, '')}-${mark}`;
}

/** Host names of the pods of an Indexed Job are its name and their index. */
function roomForIndex({ completionMode, completions }: SubmitRequest['job']['spec']): number {
  if (completionMode !== 'Indexed' || typeof completions !== 'number') return 0;
  return `-${Math.max(completions - 1, 0)}`.length;
}

/** The Job of a request, as the function sends it to the API server. */
export function kubernetesJobOf(request: SubmitRequest, run: Run, target: JobTargetSettings) {
  const { metadata, spec } = request.job;
  const name = jobName(request);
  const labels = bridgeLabels(run, target);
  const annotations = bridgeAnnotations(request, target);
  const { template } = spec;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      namespace: target.namespace,
      labels: { ...metadata?.labels, ...labels },
      annotations: { ...metadata?.annotations, ...annotations },
    },
    spec: {
      ...spec,
      template: {
        ...template,
        metadata: {
          ...template.metadata,
          labels: { ...template.metadata?.labels, ...labels },
          annotations: { ...template.metadata?.annotations, ...annotations },
        },
        spec: literalPod(request.callback ? withToken(template.spec, name) : template.spec),
      },
    },
  };
}

/** The pods start once the Secret of their Job exists. */
function withToken(pod: PodSpec, secretName: string): PodSpec {
  const volume = { name: TASK_TOKEN.volume, secret: { secretName, defaultMode: 0o440 } };
  return { ...pod, volumes: [...(pod.volumes ?? []), volume] };
}

/** Labels of all Jobs of a run on a target. */
export function bridgeLabels(run: Run, target: JobTargetSettings): Readonly<Record<string, string>> {
  return {
    [JOB_LABELS.execution]: run.id,
    [JOB_LABELS.stateMachine]: labelValue(run.stateMachine),
    [JOB_LABELS.target]: labelValue(target.name),
  };
}

/** Hash of the requested content. The order of fields has no effect. */
export function specHash({ name, job }: SubmitRequest): string {
  return hashOf({ name, job });
}

function bridgeAnnotations(
  request: SubmitRequest,
  target: JobTargetSettings,
): Readonly<Record<string, string>> {
  return {
    [JOB_ANNOTATIONS.executionArn]: request.execution,
    [JOB_ANNOTATIONS.attempt]: request.attempt,
    [JOB_ANNOTATIONS.step]: request.step,
    [JOB_ANNOTATIONS.reason]: target.reason,
    ...(target.owner === undefined ? {} : { [JOB_ANNOTATIONS.owner]: target.owner }),
    ...(target.ticket === undefined ? {} : { [JOB_ANNOTATIONS.ticket]: target.ticket }),
    [JOB_ANNOTATIONS.specHash]: specHash(request),
  };
}

const LABEL_VALUE = /^[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/;

/** A name as a label value. A changed name gets a hash, so that two names never give one value. */
function labelValue(name: string): string {
  if (LABEL_VALUE.test(name)) return name;
  const fit = name
    .replace(/[^\w.-]/g, '-')
    .slice(0, 52)
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
  return [fit, hash(name).slice(0, 10)].filter(Boolean).join('-');
}
