import { set, type Block, type Mutation } from './mutation';

const MEMBER = 'serviceAccount:sales-gke-jobs@books-prod.iam.gserviceaccount.com';
/** Changes of access in Google Cloud. */
export const googleMutations: readonly Mutation[] = [
  ...['roles/owner', 'roles/editor', 'roles/viewer'].map((role) => ({
    title: `a member gets ${role}`,
    type: 'google_project_iam_member',
    change: set('role', role),
    rule: 'GCP002',
  })),
  ...[
    'roles/storage.admin',
    'roles/container.admin',
    'roles/resourcemanager.projectIamAdmin',
    'roles/logging.admin',
    'roles/compute.admin',
  ].map((role) => ({
    title: `a workload gets ${role}`,
    type: 'google_project_iam_member',
    change: (block: Block) => Object.assign(block, { role, member: MEMBER }),
    rule: 'GCP003',
  })),
  ...[
    'roles/iam.serviceAccountAdmin',
    'roles/iam.serviceAccountKeyAdmin',
    'roles/iam.serviceAccountOpenIdTokenCreator',
    'roles/iam.serviceAccountTokenCreator',
    'roles/iam.serviceAccountUser',
    'roles/iam.workloadIdentityUser',
  ].map((role) => ({
    title: `${role} on the project`,
    type: 'google_project_iam_member',
    change: set('role', role),
    rule: 'GCP005',
  })),
  ...[
    'roles/secretmanager.secretAccessor',
    'roles/secretmanager.secretVersionManager',
    'roles/storage.objectAdmin',
    'roles/storage.objectCreator',
    'roles/storage.objectUser',
    'roles/storage.objectViewer',
  ].map((role) => ({
    title: `${role} on the project`,
    type: 'google_project_iam_member',
    change: (block: Block) => Object.assign(block, { role, '//': {} }),
    rule: 'GCP011',
  })),
  ...['roles/aiplatform.user', 'roles/aiplatform.editor', 'roles/aiplatform.admin'].map((role) => ({
    title: `a workload gets ${role}`,
    type: 'google_project_iam_member',
    change: (block: Block) => Object.assign(block, { role, member: MEMBER }),
    rule: 'VTX001',
  })),
  ...['allUsers', 'allAuthenticatedUsers'].map((member) => ({
    title: `a secret for ${member}`,
    type: 'google_secret_manager_secret_iam_member',
    change: set('member', member),
    rule: 'GCP007',
  })),
  {
    title: 'the whole pool impersonates an account',
    type: 'google_service_account_iam_member',
    change: set(
      'member',
      'principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/aws/*',
    ),
    rule: 'GCP008',
  },
  {
    title: 'a workload identity member in another form',
    type: 'google_service_account_iam_member',
    where: ({ role }) => String(role) === 'roles/iam.workloadIdentityUser',
    change: set('member', 'serviceAccount:books-prod.svc.id.goog/books/fastapi-books'),
    rule: 'GCP006',
  },
  {
    title: 'the annotation names an account that the pod may not impersonate',
    type: 'kubernetes_service_account_v1',
    where: (block) => JSON.stringify(block).includes('iam.gke.io/gcp-service-account'),
    change: set('metadata.name', 'other'),
    rule: 'GKE005',
  },
  {
    title: 'the provider has no condition',
    type: 'google_iam_workload_identity_pool_provider',
    change: set('attribute_condition', undefined),
    rule: 'GCP015',
  },
  {
    title: 'the condition of the provider is true',
    type: 'google_iam_workload_identity_pool_provider',
    change: set('attribute_condition', 'true'),
    rule: 'GCP015',
  },
  ...[
    'iam.serviceAccounts.getAccessToken',
    'resourcemanager.projects.setIamPolicy',
    'iam.roles.update',
    'iam.serviceAccountKeys.create',
    'iam.serviceAccounts.signBlob',
    'storage.buckets.setIamPolicy',
  ].map((permission) => ({
    title: `a custom role with ${permission}`,
    type: 'google_project_iam_custom_role',
    change: set('permissions', [permission]),
    rule: 'GCP014',
  })),
  ...['allUsers', 'allAuthenticatedUsers'].map((member) => ({
    title: `images for ${member}`,
    type: 'google_artifact_registry_repository_iam_member',
    change: set('member', member),
    rule: 'GCP007',
  })),
  {
    title: 'a workload gets the role of a service agent',
    type: 'google_project_iam_member',
    change: (block) => Object.assign(block, { role: 'roles/aiplatform.serviceAgent', member: MEMBER }),
    rule: 'GCP004',
  },
  {
    title: 'every machine of the project gets a role',
    type: 'google_project_iam_member',
    change: set('member', 'serviceAccount:100000000003-compute@developer.gserviceaccount.com'),
    rule: 'GCP017',
  },
  {
    title: 'a condition that Vertex AI does not evaluate',
    type: 'google_project_iam_member',
    change: (block) =>
      Object.assign(block, {
        role: 'roles/aiplatform.viewer',
        condition: { title: 'one', expression: 'resource.name.endsWith("/endpoints/1")' },
      }),
    rule: 'VTX002',
  },
];
