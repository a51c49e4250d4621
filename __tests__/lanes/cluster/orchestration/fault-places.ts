import type { TerraformStack } from 'cdktf';
import { conflictOf, REQUESTS, type RequestKind } from './faults';
import type { SeenRequest } from './gateway';
import type { Interference } from './interference';
import { job, machine, reporterRole, targets } from './machines';

/** How an execution ends without a fault. */
export interface Fate {
  readonly target: string;
  readonly rows?: number;
  readonly error?: string;
  /** Jobs that are left, all of them ended. */
  readonly jobs: number;
}

/** State machines by name. */
export const FATES = {
  works: { target: 'etl', rows: 3, jobs: 1 },
  fails: { target: 'etl', error: 'NoNewData', jobs: 1 },
  stuck: { target: 'etl', error: 'GKE.ImagePull', jobs: 0 },
  podless: { target: 'ml', error: 'GKE.NoPods', jobs: 0 },
  reports: { target: 'reporting', rows: 3, jobs: 1 },
  aborted: { target: 'etl', error: 'ExecutionAbortedError', jobs: 0 },
} satisfies Record<string, Fate>;

/** Longer than a busy machine takes until the pod of a Job exists. */
const PENDING_SECONDS = 10;

/** A request at which faults are injected. */
export interface Place {
  readonly machine: keyof typeof FATES;
  readonly at: RequestKind;
  /** An earlier request, and the fault that leads to the request. */
  readonly first?: readonly [RequestKind, (seen: SeenRequest) => Interference];
  readonly isCleanup?: boolean;
}

const lost = (): Interference => ({ reset: 'after' });
const passed = (): Interference => ({});
const conflicting = ({ url }: SeenRequest): Interference => ({ reply: conflictOf(url.split('/').at(-1)!) });

/** Each request of a step and of a clean-up. */
export const PLACES: Readonly<Record<string, Place>> = {
  submit: { machine: 'works', at: REQUESTS.submit },
  adoption: { machine: 'works', at: REQUESTS.job, first: [REQUESTS.submit, lost] },
  poll: { machine: 'works', at: REQUESTS.job },
  result: { machine: 'works', at: REQUESTS.succeededPods },
  'failed pods': { machine: 'fails', at: REQUESTS.failedPods },
  'pending pods': { machine: 'stuck', at: REQUESTS.pendingPods },
  deletion: { machine: 'stuck', at: REQUESTS.delete },
  'poll of the deleted Job': { machine: 'stuck', at: REQUESTS.job, first: [REQUESTS.delete, passed] },
  'live pods': { machine: 'stuck', at: REQUESTS.livePods },
  events: { machine: 'podless', at: REQUESTS.events },
  token: { machine: 'reports', at: REQUESTS.createSecret },
  'token again': { machine: 'reports', at: REQUESTS.replaceSecret, first: [REQUESTS.createSecret, lost] },
  'list of the clean-up': { machine: 'aborted', at: REQUESTS.jobs, isCleanup: true },
  'deletion of the clean-up': { machine: 'aborted', at: REQUESTS.delete, isCleanup: true },
  'check of the clean-up': {
    machine: 'aborted',
    at: REQUESTS.job,
    first: [REQUESTS.delete, conflicting],
    isCleanup: true,
  },
};

/** A stack with the state machines. The Jobs of `podless` get no pods once its service account is deleted. */
export function faultMachines(): TerraformStack {
  const all = targets();
  const { stack, etl, ml, reporting } = all;
  const done = { 'termination-message': '{"rows":3}' };
  const reported = job('Report', reporting, done, { awsRole: reporterRole(all), timeoutSeconds: 4_000 });
  machine(stack, 'works', job('Work', etl, done));
  machine(stack, 'fails', job('Fail', etl, { 'exit-code': '3' }, { exitCodes: { 3: 'NoNewData' } }));
  machine(stack, 'stuck', job('Stick', etl, { outcome: 'image-pull' }, { pendingSeconds: PENDING_SECONDS }));
  machine(stack, 'podless', job('Wait', ml, {}, { pendingSeconds: 2 }));
  machine(stack, 'reports', reported.waitForCallback({ heartbeatSeconds: 60 }));
  machine(stack, 'aborted', job('Hang', etl, { outcome: 'hang' }));
  return stack;
}
