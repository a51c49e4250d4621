import { addresses, plain, type Configuration, type Json } from '../synth';
import { run } from './run';

/*
 * The usual guide to GKE Workload Identity, command by command and field by field, against what the examples
 * synthesize instead.
 */

const secrets = run('fastapi-secrets');
const existing = run('fastapi-existing-cluster');

function only(stacks: Record<string, Configuration>, type: string): Json {
  const found = Object.values(stacks).flatMap(({ resource }) => Object.values(resource?.[type] ?? {}));
  expect(found).toHaveLength(1);
  return plain(found[0]!);
}

const GSA = 'fastapi-gke-sa@my-project.iam.gserviceaccount.com';

describe('each command of the guide', () => {
  test.each<[string, Record<string, Configuration>, string, object]>([
    [
      'gcloud container clusters create fastapi-cluster --workload-pool=my-project.svc.id.goog --region us-central1',
      secrets,
      'google_container_cluster',
      {
        name: 'fastapi-cluster',
        project: 'my-project',
        location: 'us-central1',
        workload_identity_config: { workload_pool: 'my-project.svc.id.goog' },
      },
    ],
    [
      'gcloud container clusters update fastapi-cluster --workload-pool=my-project.svc.id.goog --region us-central1',
      existing,
      'google_container_cluster',
      {
        name: 'fastapi-cluster',
        project: 'my-project',
        location: 'us-central1',
        workload_identity_config: { workload_pool: 'my-project.svc.id.goog' },
      },
    ],
    [
      'gcloud iam service-accounts create fastapi-gke-sa --display-name "FastAPI GKE Service Account"',
      secrets,
      'google_service_account',
      {
        account_id: 'fastapi-gke-sa',
        display_name: 'FastAPI GKE Service Account',
        project: 'my-project',
      },
    ],
    [
      `gcloud iam service-accounts add-iam-policy-binding ${GSA} --role roles/iam.workloadIdentityUser --member "serviceAccount:my-project.svc.id.goog[default/fastapi-sa]"`,
      secrets,
      'google_service_account_iam_member',
      {
        service_account_id: `projects/my-project/serviceAccounts/${GSA}`,
        role: 'roles/iam.workloadIdentityUser',
        member: 'serviceAccount:my-project.svc.id.goog[default/fastapi-sa]',
      },
    ],
  ])('%s', (_, stacks, type, effect) => {
    const found = Object.values(stacks)
      .flatMap(({ resource }) => Object.values(resource?.[type] ?? {}))
      // The nodes of the cluster have a dedicated account.
      .filter(({ account_id }) => !/^fastapi-cluster-[0-9a-f]{8}-nodes$/.test(String(account_id)));
    expect(found).toMatchObject([effect]);
  });

  test(`gcloud projects add-iam-policy-binding my-project --member "serviceAccount:${GSA}" --role "roles/secretmanager.secretAccessor"`, () => {
    expect(only({ workloads: secrets['fastapi-workloads']! }, 'google_project_iam_member')).toMatchObject({
      '//': {
        acknowledged: { projectWide: 'the guide that this example follows gives access to all secrets' },
      },
      project: 'my-project',
      role: 'roles/secretmanager.secretAccessor',
      member: `serviceAccount:${GSA}`,
    });
  });
});

describe('each field of the manifests of the guide', () => {
  const account = only(secrets, 'kubernetes_service_account_v1');
  const deployment = only(secrets, 'kubernetes_deployment_v1');
  const pod = deployment.spec!.template!.spec!;
  const container = (pod.container as unknown as Json[])[0]!;

  test.each<[string, unknown, unknown]>([
    ['ServiceAccount metadata.name', account.metadata!.name, 'fastapi-sa'],
    ['ServiceAccount metadata.namespace', account.metadata!.namespace, 'default'],
    [
      'ServiceAccount annotation iam.gke.io/gcp-service-account',
      account.metadata!.annotations!['iam.gke.io/gcp-service-account'],
      GSA,
    ],
    ['Deployment metadata.name', deployment.metadata!.name, 'fastapi-books'],
    ['Deployment metadata.namespace', deployment.metadata!.namespace, 'default'],
    ['Deployment serviceAccountName', pod.service_account_name, 'fastapi-sa'],
    ['Deployment container name', container.name, 'fastapi'],
    [
      'Deployment container image',
      container.image,
      'us-central1-docker.pkg.dev/my-project/fastapi-repo/fastapi-books:latest',
    ],
    ['Deployment container port', container.port, [{ container_port: 8000, name: 'main', protocol: 'TCP' }]],
    ['Deployment container env', container.env, [{ name: 'GCP_PROJECT', value: 'my-project' }]],
  ])('%s', (_, found, wanted) => {
    expect(found).toEqual(wanted);
  });

  test('the pods wait for the account, the right to act as it, and the role', () => {
    const types = (deployment.depends_on as unknown as string[]).map((address) => address.split('.')[0]);
    expect(types).toEqual([
      'kubernetes_service_account_v1',
      'google_service_account_iam_member',
      'google_project_iam_member',
    ]);
  });
});

describe('the cluster that exists', () => {
  test('is taken in by import and keeps all it has but its workload pool', () => {
    expect(existing['existing-platform']!.import).toMatchObject([
      { id: 'projects/my-project/locations/us-central1/clusters/fastapi-cluster' },
    ]);
    expect(only(existing, 'google_container_cluster').lifecycle!.ignore_changes).toContain('node_config');
  });

  test('gives the account of a chart its identity without a Google service account or a script', () => {
    expect(only(existing, 'kubernetes_annotations').metadata).toEqual({
      name: 'fastapi-sa',
      namespace: 'books',
    });
    expect(only(existing, 'google_storage_bucket_iam_member')).toMatchObject({
      bucket: 'my-project-book-covers',
      role: 'roles/storage.objectViewer',
      member:
        'principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/my-project.svc.id.goog/subject/ns/books/sa/fastapi-sa',
    });
    const types = Object.values(existing)
      .flatMap(addresses)
      .map((address) => address.split('.')[0]);
    expect(types).not.toContain('google_service_account');
    expect(types).not.toContain('null_resource');
  });
});

test.each([
  ['fastapi-secrets', secrets],
  ['fastapi-existing-cluster', existing],
])('%s makes no key and reads no state of another stack', (_, stacks) => {
  const text = JSON.stringify(stacks);
  expect(text).not.toMatch(
    /google_service_account_key|terraform_remote_state|_iam_binding|_iam_policy|TfToken\[/,
  );
});
