/** One rule of a policy. */
export interface AdmissionRule {
  /** CEL expression that holds for each allowed request. */
  readonly expression: string;
  /** Message of the API server when the expression does not hold. */
  readonly message: string;
}

/** Limits of one user for some kinds of objects, in addition to RBAC. */
export interface UserAdmission {
  /** Name of the policy, in the whole cluster. */
  readonly name: string;
  /** User as RBAC knows it. */
  readonly user: string;
  /** Role of the user, as the name of the match condition. */
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
 * A policy for one user. It applies to the user in all namespaces, so a Role in another namespace opens no way around
 * it. https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
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
