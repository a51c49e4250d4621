import { kubernetesPermission } from '../permissions/kubernetes-permission';
import { arnOf } from '../edges/aws-names';
import { resourceNames } from '../edges/resource-names';
import type { AccessEdge } from '../graph/edge';
import { plainText } from './open-text';

/*
 * Edges as the documents that `decide` compares. An edge has its statement in texts that the readers of edges write.
 */

/** Elements of a statement that exclude values. */
const EXCLUDES = /^(NotAction|NotResource) excludes (.*)$/s;

/**
 * An ARN without the parts that a reference in a stack does not tell: partition, region and account, the path of an
 * identity and the suffix of a secret.
 */
export function withoutPlace(name: string): string {
  const parsed = arnOf(name);
  if (parsed === undefined) return name;
  const { service, resource } = parsed;
  if (service === 's3') return `arn:*:s3:::${resource}`;
  if (service === 'iam') return `arn:*:iam::*:${resource.replace(/^(\w+)\/.*\//s, '$1/')}`;
  const secret = service === 'secretsmanager' ? resource.replace(/-(?:[A-Za-z0-9?]{6}|\*)$/, '') : resource;
  return `arn:*:${service}:*:*:${secret}`;
}

/** Statement of an edge of AWS. A trust has no resource, so the decision has one that all statements share. */
export function awsStatement(edge: AccessEdge, nameOf: (name: string) => string): object {
  const conditions = edge.conditions ?? [];
  const excluded = new Map(
    conditions.flatMap((text): [string, readonly string[]][] => {
      const [, element, values] = EXCLUDES.exec(text) ?? [];
      return element === undefined || values === undefined ? [] : [[element, valuesOf(values)]];
    }),
  );
  const tests = conditions.filter((text) => !EXCLUDES.test(text));
  const isTrust = edge.kind === 'assumes';
  const [notAction, notResource] = [excluded.get('NotAction'), excluded.get('NotResource')];
  return {
    Effect: edge.effect === 'deny' ? 'Deny' : 'Allow',
    ...(notAction ? { NotAction: notAction } : { Action: edge.permissions.map(plainText) }),
    ...(notResource && !isTrust
      ? { NotResource: notResource }
      : { Resource: isTrust ? '*' : resourceNames(edge).map((name) => plainText(nameOf(name))) }),
    ...(tests.length > 0 && { Condition: conditionBlock(tests) }),
  };
}

/** The condition block of texts `OPERATOR KEY: VALUES`. */
function conditionBlock(tests: readonly string[]): object {
  const block: Record<string, Record<string, readonly string[]>> = {};
  for (const test of tests) {
    const [, operator = test, key = '', values = ''] = /^(\S+) (.*?): (.*)$/s.exec(test) ?? [];
    block[operator] = { ...block[operator], [plainText(key)]: valuesOf(values) };
  }
  return block;
}

/** Values in one text. A value in quotation marks can have a comma. */
function valuesOf(text: string): readonly string[] {
  const found = [...text.matchAll(/("(?:[^"\\]|\\.)*")(?:, |$)|(.*?)(?:, |$)/gs)];
  return found
    .filter(([whole], index) => whole !== '' || index === 0)
    .map(([, quoted, plain = '']) =>
      plainText(quoted === undefined ? plain : (JSON.parse(quoted) as string)),
    );
}

/** Rules of the permissions of edges: `VERB GROUP/RESOURCE=NAMES` or `VERB /URL`. */
export function rbacRules(edges: readonly AccessEdge[]): readonly object[] {
  return edges.flatMap(({ permissions, role }) =>
    permissions.flatMap((permission): object[] => {
      if (permission === '* *' && role === 'ClusterRole/cluster-admin') {
        return [
          { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
          { verbs: ['*'], nonResourceURLs: ['*'] },
        ];
      }
      const { verb, url, group, resource, names } = kubernetesPermission(permission);
      if (url !== undefined && url !== '*') return [{ verbs: [verb], nonResourceURLs: [url] }];
      const rule = { verbs: [verb], apiGroups: [group ?? ''], resources: [resource] };
      return [{ ...rule, ...(names !== undefined && { resourceNames: names }) }];
    }),
  );
}
