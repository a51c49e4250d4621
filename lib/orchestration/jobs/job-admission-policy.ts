import { JOB_ANNOTATIONS, JOB_LABELS, TASK_TOKEN } from '../../contracts/jobs';
import { imageExpression } from './image-patterns';
import { userAdmissionPolicy } from '../../kubernetes/admission-policy';

/** Restrictions of the Jobs of one user. */
export interface JobAdmission {
  /** Name of the policy, in the whole cluster. */
  readonly name: string;
  /** User as RBAC knows it. */
  readonly user: string;
  readonly namespace: string;
  readonly target: string;
  readonly serviceAccountName: string;
  readonly images: readonly string[];
  readonly secrets: readonly string[];
  /** Whether pods read the task token of their Job. */
  readonly callbacks: boolean;
  readonly queue?: string;
  readonly reason: string;
  /** Prefix of the ARNs of executions. */
  readonly executions: string;
}

const RUN_ID = '^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32})$';
const QUEUE = 'kueue.x-k8s.io/queue-name';

/** A text, a list of texts, as CEL writes them. */
const cel = (value: unknown) => JSON.stringify(value);

const labelOf = (object: string, key: string) => `${object}.?metadata.?labels[?${cel(key)}].orValue("")`;
const annotationOf = (object: string, key: string) =>
  `${object}.?metadata.?annotations[?${cel(key)}].orValue("")`;

/**
 * RBAC allows a user to create Jobs, and does not restrict their content. This policy does: for each request,
 * the API server accepts Jobs of the target alone.
 */
export function jobAdmissionPolicy(admission: JobAdmission): object {
  const { name, user, namespace, target } = admission;
  return userAdmissionPolicy({
    name,
    user,
    as: 'the-function',
    resources: { apiGroup: 'batch', kind: 'jobs', operations: ['CREATE', 'UPDATE', 'DELETE'] },
    variables: [
      { name: 'job', expression: 'request.operation == "DELETE" ? oldObject : object' },
      { name: 'template', expression: 'variables.job.spec.template' },
      { name: 'pod', expression: 'variables.template.spec' },
      {
        name: 'containers',
        expression: 'variables.pod.containers + variables.pod.?initContainers.orValue([])',
      },
    ],
    rules: [
      {
        expression: `request.namespace == ${cel(namespace)}`,
        message: `Jobs of the target ${target} are in the namespace ${namespace}`,
      },
      {
        expression: `${labelOf('variables.job', JOB_LABELS.target)} == ${cel(target)}`,
        message: `the Job must be a Job of the target ${target}`,
      },
      ...contents(admission).map(({ holds, message }) => ({
        // A deleted object was accepted before.
        expression: `request.operation == "DELETE" || (${holds})`,
        message,
      })),
    ],
    auditAnnotations: auditAnnotations(),
  });
}

interface Sentence {
  readonly holds: string;
  readonly message: string;
}

function contents(admission: JobAdmission): Sentence[] {
  return [...provenance(admission), ...identity(admission), ...confinement(), ...mounts(admission)];
}

/** Execution and reason: the same on the Job and on its pods. */
function provenance({ reason, executions, queue }: JobAdmission): Sentence[] {
  const carried = [
    ...Object.values(JOB_LABELS).map((key) => [
      labelOf('variables.template', key),
      labelOf('variables.job', key),
    ]),
    ...[JOB_ANNOTATIONS.executionArn, JOB_ANNOTATIONS.reason].map((key) => [
      annotationOf('variables.template', key),
      annotationOf('variables.job', key),
    ]),
  ];
  return [
    {
      holds: `${labelOf('variables.job', JOB_LABELS.execution)}.matches(${cel(RUN_ID)}) && ${labelOf('variables.job', JOB_LABELS.stateMachine)} != ""`,
      message: `the labels ${JOB_LABELS.execution} and ${JOB_LABELS.stateMachine} name the execution`,
    },
    {
      holds: `${annotationOf('variables.job', JOB_ANNOTATIONS.executionArn)}.startsWith(${cel(executions)})`,
      message: `the annotation ${JOB_ANNOTATIONS.executionArn} is an ARN that begins with ${executions}`,
    },
    {
      holds: `${annotationOf('variables.job', JOB_ANNOTATIONS.reason)} == ${cel(reason)}`,
      message: `the annotation ${JOB_ANNOTATIONS.reason} is the reason of the target`,
    },
    {
      holds: carried.map(([ofPod, ofJob]) => `${ofPod} == ${ofJob}`).join(' && '),
      message: 'the pods carry the labels and annotations of their Job',
    },
    {
      holds: `${labelOf('variables.job', QUEUE)} == ${cel(queue ?? '')}`,
      message: queue === undefined ? 'the target has no queue' : `Jobs wait in the queue ${queue}`,
    },
  ];
}

/** Images and service account of the pods. */
function identity({ images, serviceAccountName }: JobAdmission): Sentence[] {
  const matches = images.map((pattern) => `c.image.matches(${cel(imageExpression(pattern))})`).join(' || ');
  return [
    {
      holds: `variables.containers.all(c, ${matches})`,
      message: `the images are ${images.join(', ')}`,
    },
    {
      holds: `variables.pod.?serviceAccountName.orValue("default") == ${cel(serviceAccountName)}`,
      message: `the pods run as the service account ${serviceAccountName}`,
    },
    {
      holds: '!variables.pod.?automountServiceAccountToken.orValue(true)',
      message: 'automountServiceAccountToken is false',
    },
  ];
}

/** No way out of the pod. */
function confinement(): Sentence[] {
  return [
    {
      holds:
        '!variables.pod.?hostNetwork.orValue(false) && !variables.pod.?hostPID.orValue(false) && !variables.pod.?hostIPC.orValue(false)',
      message: 'the pods share no namespace of their node',
    },
    {
      holds:
        '!has(variables.pod.nodeName) && !has(variables.pod.priorityClassName) && !has(variables.pod.runtimeClassName)',
      message: 'the scheduler finds a node: no nodeName, priorityClassName or runtimeClassName',
    },
    {
      holds:
        'variables.containers.all(c, c.?securityContext.?allowPrivilegeEscalation.orValue(true) == false && !c.?securityContext.?privileged.orValue(false) && c.?securityContext.?capabilities.?add.orValue([]).size() == 0 && c.?securityContext.?procMount.orValue("Default") == "Default")',
      message: 'the containers have no privilege and cannot get any',
    },
    {
      holds:
        'variables.containers.all(c, (c.?securityContext.?runAsNonRoot.orValue(variables.pod.?securityContext.?runAsNonRoot.orValue(false))) && c.?securityContext.?runAsUser.orValue(variables.pod.?securityContext.?runAsUser.orValue(0)) != 0)',
      message: 'the containers do not run as root',
    },
    {
      holds: 'variables.containers.all(c, c.?ports.orValue([]).all(p, p.?hostPort.orValue(0) == 0))',
      message: 'the containers open no port of their node',
    },
  ];
}

/** Secrets and volumes that a pod may read. */
function mounts({ secrets, callbacks }: JobAdmission): Sentence[] {
  const isAllowed = (name: string) => `${name} in ${cel(secrets)}`;
  const isToken = `v.name == ${cel(TASK_TOKEN.volume)} && v.secret.secretName == variables.job.metadata.name`;
  const volumes = [
    'has(v.emptyDir)',
    'has(v.downwardAPI)',
    `(has(v.secret) && ${isAllowed('v.secret.secretName')})`,
    ...(callbacks ? [`(has(v.secret) && ${isToken})`] : []),
    '(has(v.projected) && v.projected.sources.all(s, has(s.serviceAccountToken) || has(s.downwardAPI)))',
  ];
  const variables = [
    '!has(e.valueFrom)',
    'has(e.valueFrom.fieldRef)',
    'has(e.valueFrom.resourceFieldRef)',
    `(has(e.valueFrom.secretKeyRef) && ${isAllowed('e.valueFrom.secretKeyRef.name')})`,
  ];
  const readable = secrets.length === 0 ? 'none' : secrets.join(', ');
  return [
    {
      holds: `variables.pod.?volumes.orValue([]).all(v, ${volumes.join(' || ')})`,
      message: `volumes are emptyDir, downwardAPI, service account tokens and these secrets: ${readable}`,
    },
    {
      holds: `variables.containers.all(c, c.?env.orValue([]).all(e, ${variables.join(' || ')}) && c.?envFrom.orValue([]).all(f, has(f.secretRef) && ${isAllowed('f.secretRef.name')}))`,
      message: `variables are values, fields and keys of these secrets: ${readable}`,
    },
  ];
}

/** GKE's audit log shows the Google service account alone; these annotations name the execution. */
function auditAnnotations(): object[] {
  return [
    { key: 'execution', valueExpression: labelOf('variables.job', JOB_LABELS.execution) },
    { key: 'state-machine', valueExpression: labelOf('variables.job', JOB_LABELS.stateMachine) },
    { key: 'target', valueExpression: labelOf('variables.job', JOB_LABELS.target) },
    { key: 'reason', valueExpression: annotationOf('variables.job', JOB_ANNOTATIONS.reason) },
  ];
}
