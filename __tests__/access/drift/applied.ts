import type { Model, ModelResource } from '../../../lib/model';
import { ModelIndex } from '../../../lib/model/model-index';
import {
  isComputed,
  isModelObject,
  type ModelObject,
  type ModelValue,
} from '../../../lib/model/values/value';

/*
 * What the tools of the clouds print after an apply of stacks. It is written from the configuration, not from the
 * access graph, so that an error of the graph does not hide in both sides.
 */

type Json = Record<string, unknown>;

/** Files of one account, its projects and one cluster. */
export interface Applied {
  readonly aws: { readonly RoleDetailList: Json[]; readonly Policies: Json[] };
  readonly policies: Readonly<Record<string, { bindings: Json[] }>>;
  readonly assets: Json[];
  readonly kubernetes: { readonly items: Json[] };
}

const ARNS: Readonly<Record<string, (account: string, values: Json) => string>> = {
  aws_iam_role: (account, { name }) => `arn:aws:iam::${account}:role/${String(name)}`,
  aws_lambda_function: (account, values) =>
    `arn:aws:lambda:us-east-1:${account}:function:${String(values.function_name)}`,
  aws_lambda_alias: (account, values) =>
    `arn:aws:lambda:us-east-1:${account}:function:${String(values.function_name)}:${String(values.name)}`,
  aws_sfn_state_machine: (account, { name }) =>
    `arn:aws:states:us-east-1:${account}:stateMachine:${String(name)}`,
  aws_sqs_queue: (account, { name }) => `arn:aws:sqs:us-east-1:${account}:${String(name)}`,
  aws_s3_bucket: (_, { bucket }) => `arn:aws:s3:::${String(bucket)}`,
};

/** Applies stacks to one account. */
export function applied(model: Model, account: string): Applied {
  const index = new ModelIndex(model);
  const resources = model.stacks.flatMap((stack) => stack.resources).filter(({ mode }) => mode === 'managed');
  const rendered = new Map<ModelResource, Json>();
  const valuesOf = (resource: ModelResource): Json => {
    const known = rendered.get(resource);
    if (known) return known;
    const values = render(index.resolve(resource.stack, resource.values), resource.stack) as Json;
    rendered.set(resource, values);
    return values;
  };
  const render = (value: ModelValue | undefined, stack: string): unknown => {
    if (Array.isArray(value)) return (value as readonly ModelValue[]).map((each) => render(each, stack));
    if (isModelObject(value))
      return Object.fromEntries(
        Object.entries(value as ModelObject).map(([name, each]) => [name, render(each, stack)]),
      );
    if (!isComputed(value)) return value;
    if (value.$kind === 'template') return value.parts.map((part) => String(render(part, stack))).join('');
    if (value.$kind !== 'reference') return 'assigned';
    const [target] = index.resourcesOf(stack, value);
    const arn = target && /arn$|^qualified_arn$|^id$/.test(value.attribute) ? ARNS[target.type] : undefined;
    return target && arn ? arn(account, valuesOf(target)) : `assigned-${value.address}-${value.attribute}`;
  };
  return {
    aws: awsDetails(resources, valuesOf, account),
    ...googlePolicies(resources, valuesOf, index),
    kubernetes: {
      items: resources.flatMap((resource): Json[] => {
        const object = kubernetesObject(resource, valuesOf);
        return object ? [object] : [];
      }),
    },
  };
}

type ValuesOf = (resource: ModelResource) => Json;

function awsDetails(resources: readonly ModelResource[], valuesOf: ValuesOf, account: string) {
  const ofType = (type: string) => resources.filter((each) => each.type === type).map(valuesOf);
  const nameIn = (text: unknown) => String(text).replace(/^.*\//, '');
  const policies = ofType('aws_iam_role_policy');
  const attachments = ofType('aws_iam_role_policy_attachment');
  return {
    RoleDetailList: ofType('aws_iam_role').map((role): Json => ({
      Path: '/',
      RoleName: role.name,
      Arn: `arn:aws:iam::${account}:role/${String(role.name)}`,
      AssumeRolePolicyDocument: JSON.parse(String(role.assume_role_policy)) as Json,
      RolePolicyList: policies
        .filter((policy) => nameIn(policy.role) === role.name)
        .map((policy) => ({
          PolicyName: policy.name,
          PolicyDocument: JSON.parse(String(policy.policy)) as Json,
        })),
      AttachedManagedPolicies: attachments
        .filter((each) => nameIn(each.role) === role.name)
        .map((each) => ({ PolicyName: nameIn(each.policy_arn), PolicyArn: each.policy_arn })),
    })),
    Policies: [] as Json[],
  };
}

/** Full resource names by the type and its argument. */
const NAMES: Readonly<Record<string, (values: Json, project: string) => string>> = {
  project: (values) => `//cloudresourcemanager.googleapis.com/projects/${String(values.project)}`,
  storage_bucket: (values) => `//storage.googleapis.com/projects/_/buckets/${String(values.bucket)}`,
  service_account: (values) => `//iam.googleapis.com/${String(values.service_account_id)}`,
  secret_manager_secret: (values, project) =>
    `//secretmanager.googleapis.com/projects/${project}/secrets/${String(values.secret_id)}`,
  pubsub_topic: (values, project) =>
    `//pubsub.googleapis.com/projects/${project}/topics/${String(values.topic)}`,
  pubsub_subscription: (values, project) =>
    `//pubsub.googleapis.com/projects/${project}/subscriptions/${String(values.subscription)}`,
  artifact_registry_repository: (values, project) =>
    `//artifactregistry.googleapis.com/projects/${project}/locations/${String(values.location)}/repositories/${String(values.repository)}`,
  vertex_ai_endpoint: (values, project) =>
    `//aiplatform.googleapis.com/projects/${project}/locations/${String(values.location)}/endpoints/${String(values.endpoint)}`,
  kms_crypto_key: (values) => `//cloudkms.googleapis.com/${String(values.crypto_key_id)}`,
};

function googlePolicies(resources: readonly ModelResource[], valuesOf: ValuesOf, index: ModelIndex) {
  const policies: Record<string, { bindings: Json[] }> = {};
  const assets = new Map<string, Json>();
  for (const resource of resources) {
    const type = /^google_(.+)_iam_member$/.exec(resource.type)?.[1];
    if (type === undefined) continue;
    const values = valuesOf(resource);
    const project = String(values.project ?? index.providerOf(resource)?.values.project);
    const binding = {
      role: values.role,
      members: [values.member],
      ...(Array.isArray(values.condition) && { condition: (values.condition as Json[])[0] }),
    };
    if (type === 'project') (policies[project] ??= { bindings: [] }).bindings.push(binding);
    const name = NAMES[type]?.(values, project) ?? `//other.googleapis.com/${type}/${resource.address}`;
    const asset = assets.get(name) ?? { resource: name, project: 'projects/1', policy: { bindings: [] } };
    (asset.policy as { bindings: Json[] }).bindings.push(binding);
    assets.set(name, asset);
  }
  return { policies, assets: [...assets.values()] };
}

const CAMEL: Readonly<Record<string, string>> = {
  rule: 'rules',
  subject: 'subjects',
  api_groups: 'apiGroups',
  resource_names: 'resourceNames',
  role_ref: 'roleRef',
  api_group: 'apiGroup',
};

function kubernetesObject(resource: ModelResource, valuesOf: ValuesOf): Json | undefined {
  const kinds: Readonly<Record<string, string>> = {
    kubernetes_role_v1: 'Role',
    kubernetes_cluster_role_v1: 'ClusterRole',
    kubernetes_role_binding_v1: 'RoleBinding',
    kubernetes_cluster_role_binding_v1: 'ClusterRoleBinding',
  };
  const kind = kinds[resource.type];
  if (kind === undefined) return undefined;
  const { metadata, role_ref: roleRef, ...rest } = camel(valuesOf(resource)) as Json & { role_ref?: unknown };
  const first = (value: unknown) => (Array.isArray(value) ? (value as unknown[])[0] : value);
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind,
    metadata: first(metadata),
    ...rest,
    ...(rest.roleRef !== undefined && { roleRef: first(rest.roleRef) }),
    ...(roleRef !== undefined && { roleRef: first(roleRef) }),
  };
}

function camel(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camel);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [CAMEL[name] ?? name, camel(each)]));
}
