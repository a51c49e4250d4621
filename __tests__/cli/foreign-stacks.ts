/*
 * Stacks and a plan in the forms that other libraries write: modules with for_each and unknown members, expressions of
 * HCL in JSON, and data sources in place of policies. Names and values are of this project.
 */

/** Root module in JSON, as tools convert it from HCL: for_each, dynamic blocks, locals, and a child module. */
export const rootModule = {
  terraform: { required_providers: { google: { source: 'hashicorp/google', version: '~> 6.0' } } },
  variable: { project_id: { type: 'string' }, readers: { type: 'map(list(string))', default: {} } },
  locals: { roles: ['roles/logging.logWriter', 'roles/monitoring.metricWriter'] },
  provider: { google: { project: '${var.project_id}' } },
  module: { network: { source: './network', for_each: '${toset(["eu", "us"])}', name: '${each.key}' } },
  resource: {
    google_service_account: {
      nodes: {
        count: '${var.project_id == "" ? 0 : 1}',
        account_id: 'shop-nodes',
        project: '${var.project_id}',
      },
    },
    google_project_iam_member: {
      nodes: {
        for_each: '${toset(local.roles)}',
        project: '${var.project_id}',
        role: '${each.value}',
        member: '${google_service_account.nodes[0].member}',
      },
    },
    google_storage_bucket: {
      files: {
        name: '${var.project_id}-files',
        location: 'EU',
        dynamic: { logging: { for_each: '${var.readers}', content: { log_bucket: '${logging.key}' } } },
      },
    },
    google_storage_bucket_iam_binding: {
      readers: {
        for_each: '${var.readers}',
        bucket: '${google_storage_bucket.files.name}',
        role: '${each.key}',
        members: '${each.value}',
      },
    },
  },
  output: { network: { value: '${module.network["eu"].self_link}' } },
};

/** Stack of a construct library for AWS: policies are data sources, and the account is known after apply. */
export const functionStack = {
  terraform: { required_providers: { aws: { source: 'hashicorp/aws', version: '6.25.0' } } },
  provider: { aws: [{ region: 'eu-west-1' }] },
  data: {
    aws_partition: { current: {} },
    aws_caller_identity: { current: {} },
    aws_service_principal: { lambda: { service_name: 'lambda' } },
    aws_iam_policy_document: {
      trust: {
        statement: [
          {
            actions: ['sts:AssumeRole'],
            effect: 'Allow',
            principals: [{ identifiers: ['${data.aws_service_principal.lambda.name}'], type: 'Service' }],
          },
        ],
      },
      queue: {
        statement: [
          { actions: ['sqs:SendMessage'], effect: 'Allow', resources: ['${aws_sqs_queue.orders.arn}'] },
        ],
      },
    },
  },
  resource: {
    aws_iam_role: {
      api: {
        assume_role_policy: '${data.aws_iam_policy_document.trust.json}',
        managed_policy_arns: [
          'arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
        ],
        name_prefix: 'shop-api-',
      },
    },
    aws_iam_role_policy: {
      api: {
        name: 'queue',
        policy: '${data.aws_iam_policy_document.queue.json}',
        role: '${aws_iam_role.api.name}',
      },
    },
    aws_lambda_function: {
      api: {
        function_name: 'shop-api',
        role: '${aws_iam_role.api.arn}',
        environment: { variables: { QUEUE_URL: '${aws_sqs_queue.orders.url}' } },
        depends_on: ['aws_iam_role_policy.api'],
      },
    },
    aws_sqs_queue: { orders: { name_prefix: 'orders-' } },
  },
};

const PROVIDER = 'registry.terraform.io/hashicorp/google';

const created = (
  module: string,
  type: string,
  name: string,
  index: string,
  after: object,
  unknown: object,
) => ({
  address: `${module}.${type}.${name}[${JSON.stringify(index)}]`,
  module_address: module,
  mode: 'managed',
  type,
  name,
  index,
  provider_name: PROVIDER,
  change: {
    actions: ['create'],
    before: null,
    after,
    after_unknown: { id: true, etag: true, ...unknown },
    before_sensitive: false,
    after_sensitive: {},
  },
});

const changes = [
  created(
    'module.folder',
    'google_folder_iam_binding',
    'authoritative',
    'roles/resourcemanager.projectCreator',
    { role: 'roles/resourcemanager.projectCreator', members: ['group:builders@example.com'], condition: [] },
    { folder: true, members: [false] },
  ),
  created(
    'module.data["eu.primary"]',
    'google_secret_manager_secret_iam_binding',
    'bindings',
    'token.reader',
    { project: 'shop-dev', role: 'roles/secretmanager.secretAccessor', secret_id: 'token', condition: [] },
    { members: true },
  ),
  created(
    'module.data["eu.primary"]',
    'google_bigquery_dataset_access',
    'views',
    'sales:daily',
    {
      project: 'shop-dev',
      dataset_id: 'sales',
      view: [{ dataset_id: 'daily', project_id: 'shop-dev', table_id: 'v' }],
    },
    { view: [{}] },
  ),
];

/** Plan of nested modules with for_each: keys with dots, slashes and colons, and members known after apply. */
export const modulePlan = {
  format_version: '1.2',
  terraform_version: '1.11.4',
  planned_values: {
    root_module: {
      child_modules: changes.map(({ change, ...each }) => ({
        address: each.module_address,
        resources: [{ ...each, schema_version: 0, values: change.after, sensitive_values: {} }],
      })),
    },
  },
  resource_changes: changes,
  configuration: {
    provider_config: {
      'module.folder:google': {
        name: 'google',
        full_name: PROVIDER,
        module_address: 'module.folder',
        version_constraint: '>= 6.0.0',
      },
    },
    root_module: {
      module_calls: { folder: { source: './folder', module: {} }, data: { source: './data', module: {} } },
    },
  },
  applyable: true,
  complete: true,
  errored: false,
};
