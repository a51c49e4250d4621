import { sourceOf } from '../graph/graph-builder';
import {
  blocks,
  anyText,
  argument,
  argumentList,
  knownText,
  type EdgeReader,
  type ReadContext,
} from './reader';
import type { ModelResource } from '../../model/model';
import type { ModelIndex } from '../../model/model-index';
import { isComputed, type ModelValue } from '../../model/values/value';
import { serviceAccountNode } from './external-identity';

const GRANT = /^google_(.+)_iam_(member|binding|policy)$/;

const CUSTOM_ROLE = /^google_(project|organization)_iam_custom_role$/;

/** Roles on a service account that let the member impersonate the account. */
export const IMPERSONATES = [
  'roles/iam.workloadIdentityUser',
  'roles/iam.serviceAccountTokenCreator',
  'roles/iam.serviceAccountOpenIdTokenCreator',
  'roles/iam.serviceAccountUser',
  'roles/iam.serviceAccountKeyAdmin',
];

/** One role for members, as a member, a binding or a part of a policy states it. */
export interface RoleGrant {
  /** Path of the part of a policy; `undefined` for the whole resource. */
  readonly path: string | undefined;
  readonly role: string;
  readonly members: readonly ModelValue[];
  readonly conditions: readonly string[];
}

/** Edges of members, bindings and policies on any resource of Google Cloud. */
export const readGoogleGrant: EdgeReader = (resource, context) => {
  const grants = roleGrants(resource, context);
  if (grants === undefined) return;
  if (grants === 'unknown')
    return context.graph.gap(resource, 'policy_data', 'The policy is known after apply.');
  const to = grantTarget(resource, context);
  const place = placeOf(resource, to, context);
  for (const { path, role, members, conditions } of grants) {
    for (const member of members) {
      const from = memberNode(resource, member, context);
      if (from === undefined) {
        context.graph.gap(resource, 'member', `The member ${anyText(member)} is known after apply.`);
        continue;
      }
      context.graph.edge(resource, path, {
        kind: IMPERSONATES.includes(role) && to.startsWith('google.serviceAccount/') ? 'assumes' : 'grants',
        from,
        to,
        role,
        permissions: permissionsOf(role, context),
        ...(conditions.length > 0 && { conditions }),
        ...(from.startsWith('kubernetes.') && { principals: [anyText(member)] }),
        ...(place !== undefined && { resources: [place] }),
      });
    }
  }
};

/** Grants that a resource states; `undefined` for another type, `unknown` for a policy that is known after apply. */
export function roleGrants(
  resource: ModelResource,
  context: ReadContext,
): readonly RoleGrant[] | 'unknown' | undefined {
  const [, , form] = GRANT.exec(resource.type) ?? [];
  if (form === undefined) return undefined;
  if (form !== 'policy') return [singleGrant(resource, context)];
  return policyGrants(resource, context) ?? 'unknown';
}

function singleGrant(resource: ModelResource, context: ReadContext): RoleGrant {
  return {
    path: undefined,
    role: roleName(resource, context),
    members: [...argumentList(resource, 'member', context), ...argumentList(resource, 'members', context)],
    conditions: blocks(resource.values, 'condition').map((condition) =>
      anyText(context.index.resolve(resource.stack, condition.expression ?? '')),
    ),
  };
}

/** Name of the role of a grant. A plan shows a reference to a custom role that it creates as known after apply. */
function roleName(resource: ModelResource, context: ReadContext): string {
  const { index } = context;
  const role = argument(resource, 'role', context);
  const [reference] =
    isComputed(role) && role.$kind === 'unknown'
      ? role.references
      : isComputed(role) && role.$kind === 'reference'
        ? [role]
        : [];
  const custom =
    reference && index.resourcesOf(resource.stack, reference).find(({ type }) => CUSTOM_ROLE.test(type));
  if (custom === undefined) return anyText(role);
  const organization = argument(custom, 'org_id', context);
  const project = argument(custom, 'project', context) ?? projectOf(custom, context);
  const scope =
    organization === undefined
      ? `projects/${anyText(project) || '-'}`
      : `organizations/${anyText(organization)}`;
  return `${scope}/roles/${anyText(argument(custom, 'role_id', context))}`;
}

/** Grants of a whole policy; `undefined` if only Terraform knows it. */
function policyGrants(resource: ModelResource, context: ReadContext): readonly RoleGrant[] | undefined {
  const document = context.index.document(resource.stack, argument(resource, 'policy_data', context));
  if (document.kind !== 'parsed') return undefined;
  return blocks(document.value, 'bindings').map((binding, index) => ({
    path: `policy_data.bindings[${index}]`,
    role: anyText(binding.role),
    members: [binding.members ?? []].flat() as readonly ModelValue[],
    conditions: blocks(binding, 'condition').map(({ expression }) => anyText(expression)),
  }));
}

const customRoles = new WeakMap<ModelIndex, ReadonlyMap<string, ModelResource>>();

/** Custom roles of all stacks by their id. */
function customRolesOf(index: ModelIndex): ReadonlyMap<string, ModelResource> {
  const known = customRoles.get(index);
  if (known) return known;
  const resources = index.model.stacks.flatMap((stack) => stack.resources).reverse();
  const found = new Map(
    resources.flatMap((resource): [string, ModelResource][] =>
      CUSTOM_ROLE.test(resource.type) && typeof resource.values.role_id === 'string'
        ? [[resource.values.role_id, resource]]
        : [],
    ),
  );
  customRoles.set(index, found);
  return found;
}

/** Permissions of a custom role; none for a predefined role, which the edge names. */
export function permissionsOf(role: string, { index }: ReadContext): readonly string[] {
  const [, id] = /^(?:projects|organizations)\/[^/]+\/roles\/(.+)$/.exec(role) ?? [];
  if (id === undefined) return [];
  const custom = customRolesOf(index).get(id);
  return custom === undefined ? [] : argumentList(custom, 'permissions', { index }).map(anyText);
}

/** Attributes that do not name the resource that a grant is on. A plan also has those that the provider computes. */
const NOT_OF_TARGET = new Set([
  'condition',
  'etag',
  'id',
  'member',
  'members',
  'policy_data',
  'role',
  'timeouts',
]);

/** Names of resources that a grant can be on, without project and location. */
const SCOPES = new Set(['project', 'location', 'region', 'zone']);

/** Node that the grants of a resource are on. */
export function grantTarget(resource: ModelResource, context: ReadContext): string {
  const [, type = ''] = GRANT.exec(resource.type) ?? [];
  const account = argument(resource, 'service_account_id', context);
  if (account !== undefined) {
    const email = knownText(account)?.replace(/^.*\/serviceAccounts\//, '');
    if (email !== undefined)
      return context.graph.node('google.serviceAccount', { names: [email], label: email });
    const referenced = context.directory.referenced(resource.stack, account);
    if (referenced !== undefined) return referenced;
  }
  const named = Object.keys(resource.values).filter((name) => !NOT_OF_TARGET.has(name) && !SCOPES.has(name));
  const own = named.flatMap((name) => argument(resource, name, context) ?? []);
  const project = anyText(argument(resource, 'project', context));
  const referenced = own.map((value) => context.directory.referenced(resource.stack, value)).find(Boolean);
  if (referenced !== undefined) return referenced;
  const name = [type, ...(own.length > 0 ? own.map(anyText) : [project])].join(':');
  return context.graph.node('google.resource', {
    names: [name],
    label: own.length > 0 ? own.map(anyText).join(' ') : project || resource.address,
    ...(project !== '' && { scope: project }),
  });
}

/** Name of a resource with its project. Names of topics and secrets are unique in one project only. */
function placeOf(resource: ModelResource, to: string, context: ReadContext): string | undefined {
  const [, name] = /^google\.resource\/(?!project:)(.+)$/s.exec(to) ?? [];
  const project = knownText(argument(resource, 'project', context) ?? projectOf(resource, context));
  return name === undefined || project === undefined ? undefined : `projects/${project}/${name}`;
}

const POOL = '(?:projects/[^/]+/locations/global/workloadIdentityPools/)?';
const GKE_SUBJECT = new RegExp(
  `^principal://iam\\.googleapis\\.com/${POOL}[^/]+\\.svc\\.id\\.goog/subject/ns/([^/]+)/sa/(.+)$`,
);

/** Node of a member of an IAM policy; `undefined` if only Terraform knows it. */
export function memberNode(
  resource: ModelResource,
  member: ModelValue,
  { graph, directory }: ReadContext,
): string | undefined {
  const text = anyText(member);
  const kubernetes =
    /^serviceAccount:[^[]+\.svc\.id\.goog\[([^/]+)\/(.+)\]$/.exec(text) ?? GKE_SUBJECT.exec(text);
  if (kubernetes?.[1] !== undefined && kubernetes[2] !== undefined) {
    const id = serviceAccountNode(graph, kubernetes[1], kubernetes[2]);
    return graph.node('kubernetes.serviceAccount', { names: [id.replace(/^[^/]*\//, ''), text] });
  }
  const email = /^serviceAccount:([^${}]+)$/.exec(text)?.[1];
  if (email !== undefined) return graph.node('google.serviceAccount', { names: [email, text], label: email });
  const referenced = directory.referenced(resource.stack, member);
  if (referenced !== undefined) return referenced;
  const assigned = directory.resourceOf(resource.stack, member);
  if (assigned !== undefined) {
    // The cloud assigns the name, for example of the writer of a log sink.
    return graph.node('google.member', { label: text, source: sourceOf(assigned) });
  }
  if (/^\$\{[^}]*\}$/.test(text)) return undefined;
  return graph.node('google.member', { names: [text] });
}

/** Declares a service account of Google. */
export const declareGoogleAccount: EdgeReader = (resource, context) => {
  if (resource.type !== 'google_service_account') return;
  const accountId = knownText(argument(resource, 'account_id', context));
  const project = knownText(argument(resource, 'project', context) ?? projectOf(resource, context));
  const email =
    accountId !== undefined && project !== undefined
      ? `${accountId}@${project}.iam.gserviceaccount.com`
      : undefined;
  const id = context.graph.node('google.serviceAccount', {
    ...(email !== undefined && { names: [email, `serviceAccount:${email}`] }),
    label: email ?? accountId ?? resource.address,
    source: sourceOf(resource),
    ...(project !== undefined && { scope: project }),
  });
  context.directory.declare(resource, id);
};

function projectOf(resource: ModelResource, { index }: ReadContext): ModelValue | undefined {
  return index.providerOf(resource)?.values.project;
}

/** Edge of a key of a service account: the holder of the key impersonates the account. */
export const readServiceAccountKey: EdgeReader = (resource, context) => {
  if (resource.type !== 'google_service_account_key') return;
  const account = argument(resource, 'service_account_id', context);
  const email = knownText(account)?.replace(/^.*\/serviceAccounts\//, '');
  const to =
    email === undefined
      ? context.directory.referenced(resource.stack, account)
      : context.graph.node('google.serviceAccount', { names: [email], label: email });
  if (to === undefined)
    return context.graph.gap(resource, 'service_account_id', 'The account is known after apply.');
  const from = context.graph.node('google.member', {
    names: ['key file'],
    label: 'holder of the key file',
  });
  context.graph.edge(resource, undefined, { kind: 'assumes', from, to, evidence: 'selfAsserted' });
};
