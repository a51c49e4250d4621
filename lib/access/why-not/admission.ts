import { pathInResource, type KubernetesObject } from '../edges/kubernetes-object';
import { mentions, type KubernetesObjects } from '../edges/kubernetes-rbac';
import { anyText, blocks } from '../edges/reader';
import type { AccessNode } from '../graph/node';
import { at } from './context';
import type { Rejection } from './link';

/** A text that a validation compares a field with. */
const COMPARED = {
  serviceAccountName: /serviceAccountName[^=]*==\s*"([^"]*)"/,
  namespace: /request\.namespace\s*==\s*"([^"]*)"/,
} as const;

/** Rejections of pods of a service account by the admission policies that concern the identity. */
export function admissionRejections(
  node: AccessNode,
  account: AccessNode,
  { admissionPolicies }: KubernetesObjects,
): readonly Rejection[] {
  const [namespace = '', name = ''] = account.label.split('/');
  return admissionPolicies
    .filter((policy) => node.names.some((each) => mentions(policy, 'match_conditions', `"${each}"`)))
    .flatMap((policy) => [
      ...comparison(policy, 'serviceAccountName', name),
      ...comparison(policy, 'namespace', namespace),
    ]);
}

/** Rejection by validations that compare a field with another text. */
function comparison(
  policy: KubernetesObject,
  field: keyof typeof COMPARED,
  wanted: string,
): readonly Rejection[] {
  const [spec = {}] = blocks(policy.fields, 'spec');
  return blocks(spec, 'validations').flatMap(({ expression }, index) => {
    const text = anyText(expression);
    const given = COMPARED[field].exec(text)?.[1];
    if (given === undefined || given === wanted) return [];
    return [
      {
        stage: 'admission',
        cause: `The admission policy ${policy.name ?? ''} requires the ${field} ${given}, and it is ${wanted}.`,
        ...at(policy.resource),
        change: {
          kind: 'set',
          ...at(policy.resource),
          path: pathInResource(policy, `spec.validations[${index}].expression`),
          value: text.replace(COMPARED[field], (all) => all.replace(`"${given}"`, `"${wanted}"`)),
        },
        cost: 1,
      },
    ];
  });
}
