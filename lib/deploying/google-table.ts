import { GOOGLE_NETWORK_RESOURCES } from './google-network-table';
import { crud, member } from './google-permissions';
import type { GoogleTypePermissions } from './type-permissions';

/*
 * Permissions of the google providers by resource type. The methods that each resource calls are in the source of the
 * provider; the permission of a method is in the IAM reference of its service:
 * https://cloud.google.com/iam/docs/permissions-reference
 */

const IAM = ['iam.googleapis.com'];
const COMPUTE = ['compute.googleapis.com'];
const PROJECT = ['cloudresourcemanager.googleapis.com'];
const PUBSUB = ['pubsub.googleapis.com'];
const SECRETS = ['secretmanager.googleapis.com'];
const LOGGING = ['logging.googleapis.com'];
const VERTEX = ['aiplatform.googleapis.com'];
const STORAGE = ['storage.googleapis.com'];
const BIGQUERY = ['bigquery.googleapis.com'];
const CONTAINER = ['container.googleapis.com'];

/** GKE node pools have the permissions of their cluster. The provider reads the instance groups of each pool. */
const CLUSTER_READ = [
  'container.clusters.get',
  'container.operations.get',
  'compute.instanceGroupManagers.get',
];
const NODE_POOL = {
  create: ['container.clusters.update'],
  read: CLUSTER_READ,
  update: ['container.clusters.update'],
  delete: ['container.clusters.update'],
};
/** An attribute with the name of a Cloud KMS key, and the API whose service agent uses the key. */
const encrypted = (attribute: string, api: string) => ({
  attribute,
  apis: ['cloudkms.googleapis.com'],
  serviceAgents: [api],
  keyUser: api,
});

const POOL = 'iam.googleapis.com/workloadIdentityPools';
const PROVIDER = 'iam.googleapis.com/workloadIdentityPoolProviders';

/** Needs of each resource type that the library creates with a google provider. */
export const GOOGLE_RESOURCES: Readonly<Record<string, GoogleTypePermissions>> = {
  ...GOOGLE_NETWORK_RESOURCES,
  google_artifact_registry_repository_iam_member: {
    apis: ['artifactregistry.googleapis.com'],
    ...member('artifactregistry.repositories'),
  },
  google_bigquery_dataset: {
    apis: BIGQUERY,
    ...crud('bigquery.datasets'),
    when: [
      {
        attribute: 'delete_contents_on_destroy',
        permissions: ['bigquery.tables.delete', 'bigquery.tables.list'],
      },
    ],
  },
  // The provider writes the access list of the dataset, not its IAM policy.
  google_bigquery_dataset_iam_member: {
    apis: BIGQUERY,
    create: ['bigquery.datasets.update', 'bigquery.datasets.setIamPolicy'],
    read: ['bigquery.datasets.get', 'bigquery.datasets.getIamPolicy'],
    update: ['bigquery.datasets.update', 'bigquery.datasets.setIamPolicy'],
    delete: ['bigquery.datasets.update', 'bigquery.datasets.setIamPolicy'],
  },
  google_container_cluster: {
    apis: [...CONTAINER, ...COMPUTE],
    create: ['container.clusters.create', 'container.clusters.update'],
    read: CLUSTER_READ,
    update: ['container.clusters.update'],
    delete: ['container.clusters.delete'],
    actsAs: ['node_config.service_account', 'cluster_autoscaling.auto_provisioning_defaults.service_account'],
    subnetworks: ['subnetwork'],
    when: [
      encrypted('database_encryption.key_name', 'container.googleapis.com'),
      { attribute: 'binary_authorization', apis: ['binaryauthorization.googleapis.com'] },
      { attribute: 'fleet', apis: ['gkehub.googleapis.com'] },
    ],
  },
  google_container_node_pool: {
    apis: [...CONTAINER, ...COMPUTE],
    ...NODE_POOL,
    actsAs: ['node_config.service_account'],
    when: [encrypted('node_config.boot_disk_kms_key', 'compute.googleapis.com')],
  },
  google_eventarc_trigger: {
    apis: ['eventarc.googleapis.com', 'eventarcpublishing.googleapis.com', ...PUBSUB],
    ...crud('eventarc.triggers', { read: ['eventarc.operations.get'], create: ['workflows.workflows.get'] }),
    serviceAgents: ['eventarc.googleapis.com'],
    actsAs: ['service_account'],
  },
  google_iam_workload_identity_pool: { apis: [...IAM, 'sts.googleapis.com'], ...crud(POOL) },
  google_iam_workload_identity_pool_provider: {
    apis: [...IAM, 'iamcredentials.googleapis.com', 'sts.googleapis.com'],
    ...crud(PROVIDER),
  },
  google_kms_crypto_key_iam_member: { apis: ['cloudkms.googleapis.com'], ...member('cloudkms.cryptoKeys') },
  google_logging_metric: { apis: LOGGING, ...crud('logging.logMetrics') },
  google_logging_project_bucket_config: {
    apis: LOGGING,
    ...crud('logging.buckets'),
    when: [
      // The account that uses the key is a setting of Cloud Logging, `gcloud logging settings describe`.
      { attribute: 'cmek_settings', apis: ['cloudkms.googleapis.com'] },
      { attribute: 'enable_analytics', apis: BIGQUERY },
    ],
  },
  google_logging_project_sink: { apis: LOGGING, ...crud('logging.sinks') },
  google_monitoring_alert_policy: {
    apis: ['monitoring.googleapis.com'],
    ...crud('monitoring.alertPolicies'),
  },
  // The whole policy of the project has the audit configuration.
  google_project_iam_audit_config: {
    apis: PROJECT,
    ...member('resourcemanager.projects', 'resourcemanager.projects.get'),
  },
  // The provider restores a deleted role of the same id.
  google_project_iam_custom_role: { apis: IAM, ...crud('iam.roles', { create: ['iam.roles.undelete'] }) },
  google_project_iam_member: {
    apis: PROJECT,
    ...member('resourcemanager.projects', 'resourcemanager.projects.get'),
  },
  google_project_service: {
    apis: ['serviceusage.googleapis.com'],
    create: ['serviceusage.services.enable'],
    read: ['serviceusage.services.get', 'serviceusage.services.list', 'resourcemanager.projects.get'],
    update: [],
    delete: [],
    when: [{ attribute: 'disable_on_destroy', permissions: ['serviceusage.services.disable'] }],
  },
  // The method generateServiceIdentity needs the permission to enable the API.
  google_project_service_identity: {
    apis: ['serviceusage.googleapis.com'],
    create: ['serviceusage.services.enable'],
    read: ['serviceusage.services.get'],
    update: [],
    delete: [],
  },
  google_pubsub_subscription: {
    apis: PUBSUB,
    ...crud('pubsub.subscriptions', { create: ['pubsub.topics.attachSubscription'] }),
    actsAs: ['push_config.oidc_token.service_account_email'],
    when: [{ attribute: 'dead_letter_policy', serviceAgents: PUBSUB }],
  },
  google_pubsub_subscription_iam_member: { apis: PUBSUB, ...member('pubsub.subscriptions') },
  google_pubsub_topic: {
    apis: PUBSUB,
    ...crud('pubsub.topics'),
    when: [encrypted('kms_key_name', 'pubsub.googleapis.com')],
  },
  google_pubsub_topic_iam_member: { apis: PUBSUB, ...member('pubsub.topics') },
  google_secret_manager_secret: {
    apis: SECRETS,
    ...crud('secretmanager.secrets'),
    when: [
      { attribute: 'topics', serviceAgents: SECRETS },
      encrypted('replication.auto.customer_managed_encryption.kms_key_name', 'secretmanager.googleapis.com'),
      encrypted(
        'replication.user_managed.replicas.customer_managed_encryption.kms_key_name',
        'secretmanager.googleapis.com',
      ),
    ],
  },
  google_secret_manager_secret_iam_member: { apis: SECRETS, ...member('secretmanager.secrets') },
  google_service_account: { apis: IAM, ...crud('iam.serviceAccounts') },
  // Impersonation calls the IAM Credentials API.
  google_service_account_iam_member: {
    apis: [...IAM, 'iamcredentials.googleapis.com'],
    ...member('iam.serviceAccounts'),
  },
  google_storage_bucket: {
    apis: STORAGE,
    ...crud('storage.buckets'),
    when: [
      { attribute: 'force_destroy', permissions: ['storage.objects.delete', 'storage.objects.list'] },
      encrypted('encryption.default_kms_key_name', 'storage.googleapis.com'),
    ],
  },
  google_storage_bucket_iam_member: { apis: STORAGE, ...member('storage.buckets') },
  google_vertex_ai_endpoint: {
    apis: VERTEX,
    ...crud('aiplatform.endpoints'),
    when: [
      encrypted('encryption_spec.kms_key_name', 'aiplatform.googleapis.com'),
      { attribute: 'predict_request_response_logging_config', apis: BIGQUERY },
    ],
  },
  google_vertex_ai_endpoint_iam_member: { apis: VERTEX, ...member('aiplatform.endpoints') },
  google_workflows_workflow: {
    apis: ['workflows.googleapis.com', 'workflowexecutions.googleapis.com'],
    ...crud('workflows.workflows', { read: ['workflows.operations.get'] }),
    serviceAgents: ['workflows.googleapis.com'],
    actsAs: ['service_account'],
    when: [encrypted('crypto_key_name', 'workflows.googleapis.com')],
  },
};

/** A data source needs `read` only. */
function readOnly(apis: readonly string[], read: readonly string[]): GoogleTypePermissions {
  return { apis, create: [], read, update: [], delete: [] };
}

/** Needs of each data source that the library reads with a google provider. */
export const GOOGLE_DATA_SOURCES: Readonly<Record<string, GoogleTypePermissions>> = {
  google_client_config: readOnly([], []),
  // The Kubernetes provider signs in with these values. The DNS endpoint also demands `connect`.
  google_container_cluster: readOnly(CONTAINER, [...CLUSTER_READ, 'container.clusters.connect']),
  // The method also creates the agent of Cloud Storage.
  google_storage_project_service_account: readOnly(STORAGE, ['resourcemanager.projects.get']),
  google_project: readOnly(PROJECT, ['resourcemanager.projects.get']),
};
