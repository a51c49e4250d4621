import type { AccessNodeKind } from '../graph/node';
import type { GraphBuilder } from '../graph/graph-builder';

/** Parts of an ARN: `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`. */
interface Arn {
  readonly service: string;
  readonly account: string;
  readonly resource: string;
}

/** Parses an ARN; parts can have wildcards and `${…}`. */
export function arnOf(text: string): Arn | undefined {
  const [, service, account, resource] = /^arn:[^:]*:([^:]*):[^:]*:([^:]*):(.+)$/s.exec(text) ?? [];
  if (service === undefined || account === undefined || resource === undefined) return undefined;
  return { service, account, resource };
}

/** Kinds of nodes that an ARN of a policy can name, with the form of the resource in the ARN. */
const FORMS: readonly (readonly [AccessNodeKind, string, RegExp])[] = [
  ['aws.role', 'iam', /^role\/(?:.*\/)?([^/]+)$/],
  ['aws.role', 'sts', /^assumed-role\/([^/]+)(?:\/.*)?$/],
  ['aws.user', 'iam', /^user\/(?:.*\/)?([^/]+)$/],
  ['aws.group', 'iam', /^group\/(?:.*\/)?([^/]+)$/],
  ['aws.federatedProvider', 'iam', /^(?:oidc-provider|saml-provider)\/(.+)$/],
  ['aws.function', 'lambda', /^function:([^:]+)(?::.*)?$/],
  ['aws.stateMachine', 'states', /^stateMachine:([^:]+)(?::.*)?$/],
  ['aws.resource', 'sqs', /^([^:*?]+)$/],
  ['aws.resource', 'sns', /^([^:*?]+)$/],
  ['aws.resource', 's3', /^([^/*?]+)(?:\/\*)?$/],
  ['aws.resource', 'secretsmanager', /^secret:(.+?)(?:-[A-Za-z0-9?*]{6}|-?\*)?$/],
  ['aws.resource', 'dynamodb', /^table\/([^/*?]+)$/],
  ['aws.resource', 'events', /^event-bus\/([^/*?]+)$/],
];

/** Kind and name of the node of an ARN. */
interface NamedByArn {
  readonly kind: AccessNodeKind;
  /** Unique name in the kind: names of queues and topics have their service. */
  readonly name: string;
  readonly label: string;
}

/** Kind and name of what an ARN names; any other resource of AWS if it has none of the known forms. */
export function namedByArn(arn: string): NamedByArn {
  const parsed = arnOf(arn);
  for (const [kind, service, form] of FORMS) {
    const label = parsed?.service === service ? form.exec(parsed.resource)?.[1] : undefined;
    if (label === undefined) continue;
    return { kind, name: kind === 'aws.resource' ? `${service}:${label}` : label, label };
  }
  return { kind: 'aws.resource', name: arn, label: arn };
}

/** ARNs of the kinds whose parts are separate resources of a policy, with the name in place of `NAME`. */
const WHOLE: Readonly<Record<string, readonly string[]>> = {
  // A role, a user, a group and a policy can have a path.
  'aws.function': ['arn:*:lambda:*:*:function:NAME'],
  'aws.group': ['arn:*:iam::*:group/NAME', 'arn:*:iam::*:group/*/NAME'],
  'aws.role': ['arn:*:iam::*:role/NAME', 'arn:*:iam::*:role/*/NAME'],
  'aws.stateMachine': ['arn:*:states:*:*:stateMachine:NAME'],
  'aws.user': ['arn:*:iam::*:user/NAME', 'arn:*:iam::*:user/*/NAME'],
  dynamodb: ['arn:*:dynamodb:*:*:table/NAME'],
  events: ['arn:*:events:*:*:event-bus/NAME'],
  policy: ['arn:*:iam::*:policy/NAME', 'arn:*:iam::*:policy/*/NAME'],
  s3: ['arn:*:s3:::NAME'],
  secretsmanager: ['arn:*:secretsmanager:*:*:secret:NAME-??????'],
  sns: ['arn:*:sns:*:*:NAME'],
  sqs: ['arn:*:sqs:*:*:NAME'],
};

/** ARNs of a declared node, with `*` for the parts that AWS assigns; empty for a node of another form. */
export function arnPatterns(id: string): readonly string[] {
  const [, kind = '', name = ''] = /^([^/]+)\/(.+)$/s.exec(id) ?? [];
  const [, service, label = name] =
    (kind === 'aws.resource' ? /^([a-z0-9]+):(.+)$/s.exec(name) : undefined) ?? [];
  return (WHOLE[service ?? kind] ?? []).map((arn) => arn.replace('NAME', () => label));
}

/** Node of an ARN in a policy. */
export function nodeOfArn(graph: GraphBuilder, arn: string): string {
  const { kind, name, label } = namedByArn(arn);
  const account = arnOf(arn)?.account;
  return graph.node(kind, { names: [name, arn], label, ...(account ? { scope: account } : {}) });
}
