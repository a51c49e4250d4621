import { JOB_LABELS, TASK_TOKEN } from '../../contracts/jobs';
import { userAdmissionPolicy } from '../../kubernetes/admission-policy';

/** Target of the task tokens. */
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
 * RBAC allows the function to write Secrets of the namespace, and cannot restrict them. This policy does: only those of the type of
 * task tokens, each with the name of the Job that it belongs to. Another Secret can neither be made nor overwritten.
 */
export function taskTokenAdmissionPolicy({ name, user, namespace, target }: TaskTokenAdmission): object {
  return userAdmissionPolicy({
    name,
    user,
    as: 'the-function',
    resources: { apiGroup: '', kind: 'secrets', operations: ['CREATE', 'UPDATE', 'DELETE'] },
    rules: [
      {
        expression: `request.namespace == ${cel(namespace)} && request.operation != "DELETE"`,
        message: `task tokens of the target ${target} are written in the namespace ${namespace}`,
      },
      {
        expression: `object.type == ${cel(TASK_TOKEN.secretType)} && (oldObject == null || oldObject.type == object.type)`,
        message: `the Secret is of the type ${TASK_TOKEN.secretType}`,
      },
      {
        expression: `object.metadata.?labels[?${cel(JOB_LABELS.target)}].orValue("") == ${cel(target)}`,
        message: `the Secret must be a Secret of the target ${target}`,
      },
      {
        expression:
          'object.metadata.?ownerReferences.orValue([]).size() == 1 && object.metadata.ownerReferences.all(o, o.kind == "Job" && o.name == object.metadata.name)',
        message: 'the Secret belongs to the Job of its name',
      },
    ],
  });
}
