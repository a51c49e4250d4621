/*
 * Validating admission policies. https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */

/** One rule of a policy. */
export interface AdmissionRule {
  /** CEL expression that holds for each allowed request. */
  readonly expression: string;
  /** Message of the API server when the expression does not hold. */
  readonly message: string;
}

/** A named CEL expression. */
export interface NamedExpression {
  readonly name: string;
  readonly expression: string;
}

/** Rules for one kind of objects, in addition to RBAC. */
export interface Admission {
  /** Name of the policy, in the whole cluster. */
  readonly name: string;
  readonly resources: {
    readonly apiGroup: string;
    readonly kind: string;
    readonly operations: readonly ('CREATE' | 'UPDATE' | 'DELETE')[];
  };
  /** Conditions under which the rules apply. */
  readonly matchConditions?: readonly NamedExpression[];
  readonly variables?: readonly NamedExpression[];
  readonly rules: readonly AdmissionRule[];
  readonly auditAnnotations?: readonly object[];
}

/** Rules for one user. */
export interface UserAdmission extends Omit<Admission, 'matchConditions'> {
  /** User as RBAC knows it. */
  readonly user: string;
  /** Role of the user, as the name of the match condition. */
  readonly as: string;
}

/** A policy that rejects each request for which a rule does not hold, or cannot be evaluated. */
export function admissionPolicy(admission: Admission): Record<string, unknown> {
  const { name, resources, matchConditions, variables, rules, auditAnnotations } = admission;
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
      ...(matchConditions && { matchConditions: [...matchConditions] }),
      ...(variables && { variables: [...variables] }),
      validations: rules.map((rule) => ({ ...rule, reason: 'Forbidden' })),
      ...(auditAnnotations && { auditAnnotations: [...auditAnnotations] }),
    },
  };
}

/** A policy for one user in all namespaces, so a Role in another namespace does not bypass the policy. */
export function userAdmissionPolicy({ user, as, ...admission }: UserAdmission): Record<string, unknown> {
  const expression = `request.userInfo.username == ${JSON.stringify(user)}`;
  return admissionPolicy({ ...admission, matchConditions: [{ name: as, expression }] });
}

/**
 * Enforces the policy with the same name.
 * @param namespace namespace of the objects; all namespaces if omitted
 */
export function admissionBinding(name: string, namespace?: string): Record<string, unknown> {
  const matchLabels = { 'kubernetes.io/metadata.name': namespace };
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name },
    spec: {
      policyName: name,
      validationActions: ['Deny'],
      ...(namespace !== undefined && { matchResources: { namespaceSelector: { matchLabels } } }),
    },
  };
}
