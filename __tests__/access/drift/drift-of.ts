import { accessDrift } from '../../../lib/access/drift/drift';
import { awsAuthorizationExport } from '../../../lib/access/drift/exports/aws-authorization';
import { googlePolicyExport } from '../../../lib/access/drift/exports/google-policy';
import { kubernetesExport } from '../../../lib/access/drift/exports/kubernetes-list';
import type { LiveExport } from '../../../lib/access/drift/exports/live-export';
import { graphOf } from '../graph/graph-of';

/** Differences of resources of a stack and exports, as lines: kind, ends, access. */
export function driftLines(resource: object, ...exports: readonly LiveExport[]): string[] {
  return accessDrift(graphOf(resource), exports).findings.map(({ kind, edge }) =>
    [
      `${kind} | ${edge.from} -> ${edge.to}`,
      ...(edge.role === undefined ? [] : [edge.role]),
      ...edge.permissions,
      ...(edge.conditions ?? []).map((condition) => `if ${condition}`),
    ].join(' | '),
  );
}

/** Policy of the project `books`. */
export const projectPolicy = (...bindings: readonly object[]) =>
  googlePolicyExport('policy.json', 'books', { bindings, etag: 'BwX', version: 3 });

/** Role `app` of an account, with a trust statement and inline statements. */
export const roleDetails = (trust: object, statements: readonly object[] = [], more: object = {}) =>
  awsAuthorizationExport('aws.json', {
    RoleDetailList: [
      {
        Path: '/',
        RoleName: 'app',
        RoleId: 'AROAEXAMPLE',
        Arn: 'arn:aws:iam::111111111111:role/app',
        AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [trust] },
        RolePolicyList:
          statements.length === 0
            ? []
            : [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
        AttachedManagedPolicies: [],
        ...more,
      },
    ],
    UserDetailList: [],
    GroupDetailList: [],
    Policies: [],
    IsTruncated: false,
  });

/** Objects of a cluster. */
export const clusterObjects = (...items: readonly object[]) =>
  kubernetesExport('rbac.json', { apiVersion: 'v1', kind: 'List', items });
