/** One rule of a policy. */
export interface AdmissionRule {
  /** CEL expression that holds for what is let in. */
  readonly expression: string;
  /** What is said where it does not hold. */
  readonly message: string;
}

/** What one user may do with some kind of object, whatever RBAC says. */
export interface UserAdmission {
  /** Name of the policy, in the whole cluster. */
  readonly name: string;
  /** User as RBAC knows it. */
  readonly user: string;
  /** What the user is, as a name of the condition. */
  readonly as: string;
  readonly resources: {
    readonly apiGroup: string;
    readonly kind: string;
    readonly operations: readonly ('CREATE' | 'UPDATE' | 'DELETE')[];
  };
  readonly variables?: readonly { readonly name: string; readonly expression: string }[];
  readonly rules: readonly AdmissionRule[];
  readonly auditAnnotations?: readonly object[];
}

/**
 * A policy for one user. It stands for the user and not for a namespace, so that a Role that someone adds elsewhere
 * opens nothing. https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export function userAdmissionPolicy(admission: UserAdmission): object {
  const { name, user, as, resources, variables, rules, auditAnnotations } = admission;
  const { apiGroup, kind, operations } = resources;
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        resourceRules: [
          { apiGroups: [apiGroup], apiVersions: ['v1'], operations: [...operations], resources: [kind] },
        ],
      },
      matchConditions: [{ name: as, expression: `request.userInfo.username == ${JSON.stringify(user)}` }],
      ...(variables && { variables: [...variables] }),
      validations: rules.map((rule) => ({ ...rule, reason: 'Forbidden' })),
      ...(auditAnnotations && { auditAnnotations: [...auditAnnotations] }),
    },
  };
}
