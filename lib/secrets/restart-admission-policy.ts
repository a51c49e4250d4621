import { userAdmissionPolicy } from '../kubernetes/admission-policy';
import { RESTARTED_AT } from '../contracts/rotation';

const key = JSON.stringify(RESTARTED_AT);
const same = (path: string) => `object.${path} == oldObject.${path}`;

/** Fields of a Deployment outside its pods. */
const OF_THE_DEPLOYMENT = [
  'replicas',
  'selector',
  'strategy',
  'minReadySeconds',
  'revisionHistoryLimit',
  'paused',
  'progressDeadlineSeconds',
];

/**
 * Mutating webhooks of Autopilot run before the policy and may rewrite their own annotations in the same request.
 * https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#what-are-they
 */
const OF_AUTOPILOT = '"autopilot.gke.io/"';

/** CEL: equal values under every key of `one` in `other`, but for annotations of Autopilot. */
const keeps = (one: string, other: string) =>
  `variables.${one}.all(k, k.startsWith(${OF_AUTOPILOT}) || (k in variables.${other} && variables.${one}[k] == variables.${other}[k]))`;

/** Policy that limits the patches of a user to one annotation of pod templates. */
export function restartAdmissionPolicy(name: string, user: string): object {
  return userAdmissionPolicy({
    name,
    user,
    as: 'the-rotation',
    resources: { apiGroup: 'apps', kind: 'deployments', operations: ['CREATE', 'UPDATE'] },
    variables: [
      { name: 'before', expression: 'oldObject.spec.template.?metadata.?annotations.orValue({})' },
      { name: 'after', expression: 'object.spec.template.?metadata.?annotations.orValue({})' },
      { name: 'ownBefore', expression: 'oldObject.metadata.?annotations.orValue({})' },
      { name: 'ownAfter', expression: 'object.metadata.?annotations.orValue({})' },
    ],
    rules: [
      { expression: 'request.operation == "UPDATE"', message: 'a rotation makes no Deployment' },
      { expression: same('spec.template.spec'), message: 'a rotation leaves the pods as they are' },
      {
        expression: [
          same('spec.template.?metadata.?labels'),
          `variables.after.all(k, k == ${key} || (k in variables.before && variables.before[k] == variables.after[k]))`,
          `variables.before.all(k, k in variables.after)`,
        ].join(' && '),
        message: `of pods a rotation changes the annotation ${RESTARTED_AT} alone`,
      },
      {
        expression: [
          ...OF_THE_DEPLOYMENT.map((field) => same(`spec.?${field}`)),
          ...['labels', 'finalizers', 'ownerReferences'].map((field) => same(`metadata.?${field}`)),
          keeps('ownBefore', 'ownAfter'),
          keeps('ownAfter', 'ownBefore'),
        ].join(' && '),
        message: 'a rotation leaves the Deployment as it is',
      },
    ],
  });
}
