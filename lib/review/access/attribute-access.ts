import type { ModelStack } from '../../model/model';
import type { PlanChange } from '../../model/plan';
import { isComputed, type ModelObject, type ModelValue } from '../../model/values/value';
import { valuesAt } from '../../model/values/paths';
import type { AccessChange, AccessVerdict } from '../review';
import { masked } from '../masked';
import { isOpened, OPENED } from './network-policies';

/** Effect of an attribute on access: the sentence of a change, and its verdict. */
interface AttributeRule {
  readonly type: RegExp;
  readonly path: string;
  readonly judge: (before: string, after: string) => readonly [AccessVerdict, string] | undefined;
}

const PROVIDER = /^google_iam_workload_identity_pool_provider$/;

/** Another value means other identities, so access counts as broadened. */
const others = (what: string) => (): readonly [AccessVerdict, string] => [
  'broadened',
  `${what} changes: other identities can be accepted.`,
];

const switched =
  (what: string) =>
  (before: string, after: string): readonly [AccessVerdict, string] | undefined => {
    if (before === 'true' && after !== 'true') return ['broadened', `${what} is enabled again.`];
    return after === 'true' ? ['narrowed', `${what} is disabled.`] : undefined;
  };

const RULES: readonly AttributeRule[] = [
  { type: PROVIDER, path: 'attribute_mapping', judge: others('The attribute mapping') },
  { type: PROVIDER, path: 'oidc.issuer_uri', judge: others('The issuer') },
  { type: PROVIDER, path: 'oidc.allowed_audiences', judge: others('The list of audiences') },
  { type: PROVIDER, path: 'oidc.jwks_json', judge: others('The key set') },
  { type: PROVIDER, path: 'aws.account_id', judge: others('The AWS account') },
  { type: /^google_iam_workload_identity_pool/, path: 'disabled', judge: switched('The pool or provider') },
  { type: /^google_service_account$/, path: 'disabled', judge: switched('The service account') },
  {
    type: /^google_(project|organization)_iam_custom_role$/,
    path: 'stage',
    judge: (before, after) => {
      if (before === 'DISABLED') return ['broadened', 'The role is enabled again.'];
      return after === 'DISABLED' ? ['narrowed', 'The role is disabled.'] : undefined;
    },
  },
  {
    type: /^aws_iam_role$/,
    path: 'max_session_duration',
    judge: (before, after) =>
      Number(after) > Number(before || '3600')
        ? ['broadened', `A session lasts up to ${after} seconds.`]
        : ['narrowed', `A session lasts up to ${after || '3600'} seconds.`],
  },
  {
    type: /^aws_iam_(role|user)$/,
    path: 'permissions_boundary',
    judge: (before, after) => {
      if (after === '') return ['broadened', 'The permissions boundary is removed.'];
      return before === ''
        ? ['narrowed', 'A permissions boundary is set.']
        : ['unknown', 'The permissions boundary changes to another policy.'];
    },
  },
  {
    type: /^aws_iam_openid_connect_provider$/,
    path: 'client_id_list',
    judge: others('The list of audiences'),
  },
];

/** Changes of attributes that decide on access in addition to policies and grants. */
export function attributeAccess(stack: ModelStack, changes: readonly PlanChange[]): readonly AccessChange[] {
  const facts = new Map(stack.resources.map((resource) => [resource.address, resource.facts]));
  return changes.flatMap((change) => {
    const { before, after, address, type } = change;
    const { reason, owner, ticket } = facts.get(address) ?? {};
    const row = (verdict: AccessVerdict, text: string): AccessChange => ({
      verdict,
      subject: masked(address),
      details: [text],
      addresses: [`${stack.name}: ${address}`],
      ...(reason !== undefined && { reason }),
      ...(owner !== undefined && { owner }),
      ...(ticket !== undefined && { ticket }),
    });
    const judged =
      before === undefined || after === undefined
        ? []
        : RULES.filter((rule) => rule.type.test(type)).flatMap((rule) => {
            const [old, now] = [textAt(before, rule.path), textAt(after, rule.path)];
            const found = old === now ? undefined : rule.judge(old, now);
            return found === undefined ? [] : [row(...found)];
          });
    return [
      ...judged,
      ...(isOpened(change, stack, changes) ? [row('broadened', OPENED)] : []),
      ...authoritative(change).map((text) => row('unknown', text)),
      ...forgotten(change).map((text) => row('unknown', text)),
    ];
  });
}

/** An authoritative grant replaces what others granted, and no plan shows that. */
function authoritative({ type, actions }: PlanChange): readonly string[] {
  if (!actions.includes('create') || !/^google_.*_iam_(binding|policy)$/.test(type)) return [];
  const scope = type.endsWith('_policy')
    ? 'all grants on the resource'
    : 'all members of the role on the resource';
  return [
    `It replaces ${scope}. Members that other tools added lose access, and the plan does not name them.`,
  ];
}

const STATES_ACCESS =
  /^google_.*_iam_(member|binding|policy)$|^aws_iam_|^kubernetes_.*role(_binding)?(_v1)?$|_policy$/;

function forgotten({ type, actions }: PlanChange): readonly string[] {
  if (!actions.includes('forget') || !STATES_ACCESS.test(type)) return [];
  return ['The access remains, and no plan shows it any more.'];
}

function textAt(values: ModelObject, path: string): string {
  const found = valuesAt(values, path);
  return found.length === 0 ? '' : found.map(textOf).join(', ');
}

function textOf(value: ModelValue): string {
  return isComputed(value) || typeof value === 'object' ? JSON.stringify(value) : String(value);
}
