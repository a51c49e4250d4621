import { sourceOf } from '../graph/graph-builder';
import { anyText, argument, knownText, type EdgeReader } from './reader';
import { externalIdentity } from './external-identity';
import { namedByArn } from './aws-names';
import { memberOfPool, type PoolMember } from './pool-member';
import type { ReadContext } from './reader';
import type { ModelResource } from '../../model/model';

/** Type of a workload identity provider. */
export const PROVIDER = 'google_iam_workload_identity_pool_provider';

/** Edge from the issuer of a workload identity provider to the provider. */
export const readProvider: EdgeReader = (resource, context) => {
  if (resource.type !== PROVIDER) return;
  const pool = anyText(argument(resource, 'workload_identity_pool_id', context));
  const id = anyText(argument(resource, 'workload_identity_pool_provider_id', context));
  const to = context.graph.node('google.provider', {
    names: [`${pool}/${id}`],
    source: sourceOf(resource),
  });
  context.directory.declare(resource, to);
  const account = argument(resource, 'aws.account_id', context);
  const issuer =
    argument(resource, 'oidc.issuer_uri', context) ?? argument(resource, 'saml.idp_metadata_xml', context);
  const from =
    account === undefined
      ? context.graph.node('ci.identity', { names: [anyText(issuer) || 'unknown issuer'] })
      : context.graph.node('aws.account', { names: [anyText(account)], scope: anyText(account) });
  context.graph.edge(resource, undefined, { kind: 'federates', from, to, ...conditionOf(resource, context) });
};

function conditionOf(resource: ModelResource, context: ReadContext) {
  const condition = anyText(argument(resource, 'attribute_condition', context));
  return condition === '' ? {} : { conditions: [condition] };
}

/**
 * Edges from identities outside of Google Cloud to the members that providers map them to: an AWS role by its session,
 * a workflow by its subject or its repository.
 */
export function joinMembers(context: ReadContext): void {
  const providers = context.index.model.stacks
    .flatMap(({ resources }) => resources)
    .filter(({ type }) => type === PROVIDER);
  for (const member of context.graph.allNodes.filter(({ kind }) => kind === 'google.member')) {
    for (const name of member.names) {
      const mapped = memberOfPool(name);
      if (mapped === undefined) continue;
      for (const provider of providers) {
        if (knownText(argument(provider, 'workload_identity_pool_id', context)) !== mapped.pool) continue;
        context.graph.edge(provider, undefined, {
          kind: 'federates',
          from: outsideNode(provider, mapped, context),
          to: member.id,
          evidence: mapped.form === 'subject' ? 'authenticated' : 'session',
          ...conditionOf(provider, context),
        });
      }
    }
  }
}

/** Identity that a member means: a role of AWS, a subject, or every identity of the provider with the attribute. */
function outsideNode(
  provider: ModelResource,
  { form, attribute, value }: PoolMember,
  context: ReadContext,
): string {
  const { graph } = context;
  const id = context.directory.nodeOf(provider) ?? '';
  if (value === undefined) return id;
  const account = argument(provider, 'aws.account_id', context);
  if (account !== undefined) {
    const arn = value.startsWith('arn:') ? value : `arn:aws:sts::${anyText(account)}:assumed-role/${value}`;
    const { kind, name } = namedByArn(arn);
    return graph.node(kind, { names: [name, arn], label: name });
  }
  return form === 'subject'
    ? externalIdentity(graph, value)
    : graph.node('ci.identity', { names: [`${attribute ?? form}=${value}`] });
}
