import type { ModelResource } from '../../model/model';
import type { ModelValue } from '../../model/values/value';
import type { AccessEdge } from '../graph/edge';
import { nodeOfArn } from './aws-names';
import { conditionValues } from './aws-policies';
import { conditionsOf, statementsOf, type AwsStatement } from './aws-statement';
import { externalIdentity } from './external-identity';
import { anyText, argument, type EdgeReader, type ReadContext } from './reader';

/** Edges of the trust policy of a role: who may assume it. */
export const readTrust: EdgeReader = (resource, context) => {
  if (resource.type !== 'aws_iam_role') return;
  const role = context.directory.nodeOf(resource);
  const value = argument(resource, 'assume_role_policy', context);
  const document = context.index.document(resource.stack, value);
  if (role === undefined || document.kind !== 'parsed') {
    return context.graph.gap(resource, 'assume_role_policy', 'The trust policy is known after apply.');
  }
  for (const statement of statementsOf(document)) {
    for (const principal of statement.principals) {
      for (const from of trustedNodes(resource, principal, statement, context)) {
        const conditions = conditionsOf(statement);
        context.graph.edge(resource, `assume_role_policy.${statement.path}`, {
          kind: 'assumes',
          from,
          to: role,
          effect: statement.effect,
          permissions: statement.actions,
          ...(conditions.length > 0 && { conditions }),
          ...(statement.inverted.length > 0 && { possible: true }),
          ...principalNames(principal),
          evidence: statement.actions.includes('sts:AssumeRole') ? 'session' : 'authenticated',
        });
      }
    }
  }
};

/** ARN of a principal, which names the account and the session. An account has one name. */
function principalNames([kind, value]: readonly [string, ModelValue]): Pick<AccessEdge, 'principals'> {
  const isArn = kind === 'AWS' && typeof value === 'string' && value.startsWith('arn:');
  return isArn && !value.endsWith(':root') ? { principals: [value] } : {};
}

/** Nodes of a principal. A federated provider has a node for each subject that the conditions name. */
function trustedNodes(
  resource: ModelResource,
  [kind, value]: readonly [string, ModelValue],
  statement: AwsStatement,
  context: ReadContext,
): readonly string[] {
  if (kind !== 'Federated') return [principalNode(resource, kind, value, context)];
  const provider =
    context.directory.awsNode(resource.stack, value) ?? principalNode(resource, kind, value, context);
  const subjects = conditionValues(statement, /:sub$/i);
  if (subjects.length === 0) return [provider];
  return subjects.map((subject) => {
    const from = externalIdentity(context.graph, subject);
    context.graph.edge(resource, `assume_role_policy.${statement.path}`, {
      kind: 'federates',
      from,
      to: provider,
    });
    return from;
  });
}

/** Node of a principal of a policy. */
export function principalNode(
  { stack }: ModelResource,
  kind: string,
  value: ModelValue,
  { graph, directory }: ReadContext,
): string {
  const text = anyText(value);
  if (kind === 'Service') return graph.node('aws.service', { names: [text] });
  if (kind !== 'AWS') return graph.node('aws.federatedProvider', { names: [text] });
  const referenced = directory.referenced(stack, value);
  if (referenced !== undefined) return referenced;
  const account = /^(?:arn:[^:]*:iam::)?(\d{12})(?::root)?$/.exec(text)?.[1];
  if (account !== undefined) return graph.node('aws.account', { names: [account], scope: account });
  return text.startsWith('arn:')
    ? nodeOfArn(graph, text)
    : graph.node('aws.principal', { names: [text], label: text === '*' ? 'any principal' : text });
}
