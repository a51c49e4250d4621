import { JOB_LABELS, TASK_TOKEN } from './bridge-contract';

/** Whose task tokens they are. */
export interface TaskTokenAdmission {
  /** Name of the policy, in the whole cluster. */
  readonly name: string;
  /** User as RBAC knows it. */
  readonly user: string;
  readonly namespace: string;
  readonly target: string;
}

const cel = (value: unknown) => JSON.stringify(value);

/**
 * RBAC lets the function write Secrets of the namespace, and cannot say which. This does: only those of the type of
 * task tokens, each with the name of the Job that it belongs to. Another Secret can neither be made nor overwritten.
 */
export function taskTokenAdmissionPolicy({ name, user, namespace, target }: TaskTokenAdmission): object {
  const forbidden = (expression: string, message: string) => ({ expression, message, reason: 'Forbidden' });
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        resourceRules: [
          {
            apiGroups: [''],
            apiVersions: ['v1'],
            operations: ['CREATE', 'UPDATE', 'DELETE'],
            resources: ['secrets'],
          },
        ],
      },
      matchConditions: [{ name: 'the-function', expression: `request.userInfo.username == ${cel(user)}` }],
      validations: [
        forbidden(
          `request.namespace == ${cel(namespace)} && request.operation != "DELETE"`,
          `task tokens of the target ${target} are written in the namespace ${namespace}`,
        ),
        forbidden(
          `object.type == ${cel(TASK_TOKEN.secretType)} && (oldObject == null || oldObject.type == object.type)`,
          `the Secret is of the type ${TASK_TOKEN.secretType}`,
        ),
        forbidden(
          `object.metadata.?labels[?${cel(JOB_LABELS.target)}].orValue("") == ${cel(target)}`,
          `it is no Secret of the target ${target}`,
        ),
        forbidden(
          'object.metadata.?ownerReferences.orValue([]).size() == 1 && object.metadata.ownerReferences.all(o, o.kind == "Job" && o.name == object.metadata.name)',
          'the Secret belongs to the Job of its name',
        ),
      ],
    },
  };
}
