export const JOBS = '/apis/batch/v1/namespaces/jobs/jobs';
export const PODS = '/api/v1/namespaces/jobs/pods';
export const EVENTS = '/api/v1/namespaces/jobs/events';

export const job = (rest: object) => ({
  [`${JOBS}/train-1`]: { metadata: { name: 'train-1', uid: 'u1' }, ...rest },
});

/** Of a pod that the Job `u1` made. */
export const ownerReferences = [{ kind: 'Job', uid: 'u1', controller: true }];
export const condition = (type: string, reason?: string) => ({
  conditions: [{ type, status: 'True', reason }],
});
