import { ModelIndex } from '../../model/model-index';
import type { Model, ModelResource } from '../../model/model';
import { isComputed, isKnown, type ModelValue } from '../../model/values/value';
import { templateText } from '../../model/values/value-text';

/** Document of one subject, from one or more resources. */
export interface SubjectDocument {
  /** Kind of the comparison. */
  readonly kind: 'aws-policy' | 'aws-trust';
  /** Subject, for example `role etl-bridge`. */
  readonly subject: string;
  /** Statements of all resources together. */
  readonly statements: readonly unknown[];
  /** Parts that are not known: names of managed policies of AWS, and addresses of documents that are known after apply. */
  readonly unknown: readonly string[];
  /** Resources that state it. */
  readonly resources: readonly ModelResource[];
}

const INLINE = {
  aws_iam_role_policy: 'role',
  aws_iam_user_policy: 'user',
  aws_iam_group_policy: 'group',
} as const;
const ATTACHED = {
  aws_iam_role_policy_attachment: 'role',
  aws_iam_user_policy_attachment: 'user',
  aws_iam_group_policy_attachment: 'group',
} as const;

/** Argument with the policy of a resource, by type. */
const OF_RESOURCES: Readonly<Record<string, readonly [string, string]>> = {
  aws_api_gateway_rest_api_policy: ['policy', 'rest_api_id'],
  aws_cloudwatch_event_bus_policy: ['policy', 'event_bus_name'],
  aws_ecr_repository_policy: ['policy', 'repository'],
  aws_kms_key: ['policy', 'description'],
  aws_kms_key_policy: ['policy', 'key_id'],
  aws_s3_bucket_policy: ['policy', 'bucket'],
  aws_secretsmanager_secret_policy: ['policy', 'secret_arn'],
  aws_sns_topic: ['policy', 'name'],
  aws_sns_topic_policy: ['policy', 'arn'],
  aws_sqs_queue: ['policy', 'name'],
  aws_sqs_queue_policy: ['policy', 'queue_url'],
};

/** Documents of AWS in a model by subject. */
export function awsDocuments(model: Model): ReadonlyMap<string, SubjectDocument> {
  const index = new ModelIndex(model);
  const found = new Map<string, SubjectDocument>();
  const add = (
    kind: SubjectDocument['kind'],
    subject: string,
    resource: ModelResource,
    source: ModelResource,
    path: string,
  ) => {
    const [statements, unknown] = statementsAt(index, source, path);
    const known = found.get(subject);
    found.set(subject, {
      kind,
      subject,
      statements: [...(known?.statements ?? []), ...statements],
      unknown: [...(known?.unknown ?? []), ...unknown].sort(),
      resources: [...(known?.resources ?? []), resource],
    });
  };
  const resources = model.stacks
    .flatMap(({ resources: each }) => each)
    .filter(({ mode }) => mode === 'managed');
  for (const resource of resources) {
    const { type } = resource;
    if (type === 'aws_iam_role')
      add(
        'aws-trust',
        `trust of role ${nameOf(index, resource, 'name')}`,
        resource,
        resource,
        'assume_role_policy',
      );
    const holder = INLINE[type as keyof typeof INLINE] as string | undefined;
    if (holder !== undefined)
      add('aws-policy', `${holder} ${holderOf(index, resource, holder)}`, resource, resource, 'policy');
    const attached = ATTACHED[type as keyof typeof ATTACHED] as string | undefined;
    if (attached !== undefined) {
      const subject = `${attached} ${holderOf(index, resource, attached)}`;
      const policy = policyOf(index, resource, resources);
      if (policy) add('aws-policy', subject, resource, policy, 'policy');
      else addUnknown(found, subject, resource, textOf(index, resource, 'policy_arn'));
    }
    const [path, name] = OF_RESOURCES[type] ?? [];
    if (path !== undefined && name !== undefined && resource.values[path] !== undefined) {
      add(
        'aws-policy',
        `${type
          .replace(/^aws_/, '')
          .replace(/_policy$/, '')
          .replaceAll('_', ' ')} ${nameOf(index, resource, name)}`,
        resource,
        resource,
        path,
      );
    }
  }
  return found;
}

function addUnknown(
  found: Map<string, SubjectDocument>,
  subject: string,
  resource: ModelResource,
  name: string,
): void {
  const known = found.get(subject);
  found.set(subject, {
    kind: 'aws-policy',
    subject,
    statements: known?.statements ?? [],
    unknown: [...(known?.unknown ?? []), `managed policy ${name}`].sort(),
    resources: [...(known?.resources ?? []), resource],
  });
}

/** Statements of a document, or the address of one that is not known. */
function statementsAt(
  index: ModelIndex,
  resource: ModelResource,
  path: string,
): [readonly unknown[], readonly string[]] {
  const value = resource.values[path];
  if (value === undefined || value === '') return [[], []];
  const document = index.document(resource.stack, value);
  if (document.kind !== 'parsed') return [[], [`${resource.address}: ${path} is known after apply`]];
  const { Statement = [] } = document.value as { readonly Statement?: ModelValue };
  return [[Statement].flat().map(plain), []];
}

/** A statement as JSON: a computed part is its expression, which is the same text on both sides. */
function plain(value: unknown): unknown {
  if (isComputed(value as ModelValue)) return templateText(value as ModelValue);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
}

function textOf(index: ModelIndex, { stack, values }: ModelResource, path: string): string {
  const value = index.resolve(stack, values[path] ?? '');
  return isKnown(value) && typeof value !== 'object' ? String(value) : templateText(value);
}

const nameOf = (index: ModelIndex, resource: ModelResource, path: string) =>
  textOf(index, resource, path) || resource.address;

/** Name of the identity of a policy, also where the plan shows a reference to it. */
function holderOf(index: ModelIndex, resource: ModelResource, path: string): string {
  const value = index.resolve(resource.stack, resource.values[path] ?? '');
  if (isComputed(value) && (value.$kind === 'reference' || value.$kind === 'unknown')) {
    const reference = value.$kind === 'reference' ? value : value.references[0];
    const [target] = reference ? index.resourcesOf(resource.stack, reference) : [];
    if (target) return textOf(index, target, 'name');
  }
  return textOf(index, resource, path);
}

/** The managed policy of an attachment, if a stack declares it. */
function policyOf(
  index: ModelIndex,
  resource: ModelResource,
  all: readonly ModelResource[],
): ModelResource | undefined {
  const value = index.resolve(resource.stack, resource.values.policy_arn ?? '');
  if (isComputed(value)) {
    const reference =
      value.$kind === 'reference' ? value : value.$kind === 'unknown' ? value.references[0] : undefined;
    return (
      reference && index.resourcesOf(resource.stack, reference).find(({ type }) => type === 'aws_iam_policy')
    );
  }
  return all.find(
    ({ type, values }) =>
      type === 'aws_iam_policy' &&
      (values.arn === value ||
        (typeof values.name === 'string' && String(value).endsWith(`:policy/${values.name}`))),
  );
}
