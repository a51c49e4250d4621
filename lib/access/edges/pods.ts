/** Fields with the pod of a kind. */
export const PODS: Readonly<Record<string, string>> = {
  CronJob: 'spec.job_template.spec.template.spec',
  DaemonSet: 'spec.template.spec',
  Deployment: 'spec.template.spec',
  Job: 'spec.template.spec',
  Pod: 'spec',
  StatefulSet: 'spec.template.spec',
};
