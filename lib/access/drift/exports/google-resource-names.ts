/** A resource of Google Cloud as the argument of its IAM resource in Terraform. */
export interface GoogleTarget {
  /** Type of the resource without its prefix, for example `storage_bucket`. */
  readonly type: string;
  /** Argument that names the resource. */
  readonly argument: string;
  /** Value of the argument. */
  readonly value: string;
  /** Id or number of the project; `undefined` for a name that is unique in Google Cloud. */
  readonly project: string | undefined;
}

/** Full resource names: https://cloud.google.com/asset-inventory/docs/asset-names */
const FORMS: readonly (readonly [RegExp, string, string])[] = [
  [/^\/\/cloudresourcemanager\.googleapis\.com\/projects\/(?<value>[^/]+)$/, 'project', 'project'],
  [/^\/\/cloudresourcemanager\.googleapis\.com\/(?<value>folders\/[^/]+)$/, 'folder', 'folder'],
  [/^\/\/cloudresourcemanager\.googleapis\.com\/organizations\/(?<value>[^/]+)$/, 'organization', 'org_id'],
  [/^\/\/storage\.googleapis\.com\/(?:projects\/_\/buckets\/)?(?<value>[^/]+)$/, 'storage_bucket', 'bucket'],
  [
    /^\/\/iam\.googleapis\.com\/projects\/[^/]+\/serviceAccounts\/(?<value>[^/]+@[^/]+)$/,
    'service_account',
    'service_account_id',
  ],
  [
    /^\/\/secretmanager\.googleapis\.com\/projects\/(?<project>[^/]+)\/secrets\/(?<value>[^/]+)$/,
    'secret_manager_secret',
    'secret_id',
  ],
  [
    /^\/\/pubsub\.googleapis\.com\/projects\/(?<project>[^/]+)\/topics\/(?<value>[^/]+)$/,
    'pubsub_topic',
    'topic',
  ],
  [
    /^\/\/pubsub\.googleapis\.com\/projects\/(?<project>[^/]+)\/subscriptions\/(?<value>[^/]+)$/,
    'pubsub_subscription',
    'subscription',
  ],
  [
    /^\/\/bigquery\.googleapis\.com\/projects\/(?<project>[^/]+)\/datasets\/(?<value>[^/]+)$/,
    'bigquery_dataset',
    'dataset_id',
  ],
  [
    /^\/\/cloudkms\.googleapis\.com\/(?<value>projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+)$/,
    'kms_crypto_key',
    'crypto_key_id',
  ],
  [
    /^\/\/artifactregistry\.googleapis\.com\/projects\/(?<project>[^/]+)\/locations\/[^/]+\/repositories\/(?<value>[^/]+)$/,
    'artifact_registry_repository',
    'repository',
  ],
  [
    /^\/\/run\.googleapis\.com\/projects\/(?<project>[^/]+)\/locations\/[^/]+\/services\/(?<value>[^/]+)$/,
    'cloud_run_v2_service',
    'name',
  ],
  [
    /^\/\/aiplatform\.googleapis\.com\/projects\/(?<project>[^/]+)\/locations\/[^/]+\/endpoints\/(?<value>[^/]+)$/,
    'vertex_ai_endpoint',
    'endpoint',
  ],
];

/** Types whose policies an asset export has. */
export const EXPORTED_TYPES: ReadonlySet<string> = new Set(FORMS.map(([, type]) => type));

/** The resource of a full resource name; `undefined` for a type without a form. */
export function googleTarget(fullName: string): GoogleTarget | undefined {
  for (const [form, type, argument] of FORMS) {
    const { value, project } = form.exec(fullName)?.groups ?? {};
    if (value !== undefined) return { type, argument, value, project };
  }
  return undefined;
}
