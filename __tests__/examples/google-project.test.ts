import type { Json } from '../synth';
import { run } from './run';

const stacks = run('google-project');
const all = (type: string): Json[] => Object.values(stacks.foundation?.resource?.[type] ?? {});
const agent = (domain: string) => `serviceAccount:service-300000000001@${domain}.iam.gserviceaccount.com`;
const KEY = 'projects/company-keys/locations/us-central1/keyRings/shop/cryptoKeys/data';

test('enables the APIs of the cluster and the endpoint', () => {
  expect(
    all('google_project_service')
      .map(({ service }) => String(service))
      .sort(),
  ).toEqual([
    'aiplatform.googleapis.com',
    'cloudkms.googleapis.com',
    'cloudresourcemanager.googleapis.com',
    'compute.googleapis.com',
    'container.googleapis.com',
    'iam.googleapis.com',
  ]);
});

test('creates the agents of GKE and Vertex AI, and lets both use the key', () => {
  expect(
    all('google_project_service_identity')
      .map(({ service }) => String(service))
      .sort(),
  ).toEqual(['aiplatform.googleapis.com', 'container.googleapis.com']);
  expect(
    all('google_kms_crypto_key_iam_member')
      .map(({ crypto_key_id, member }) => `${String(crypto_key_id)} ${String(member)}`)
      .sort(),
  ).toEqual([`${KEY} ${agent('container-engine-robot')}`, `${KEY} ${agent('gcp-sa-aiplatform')}`]);
});

test('lets GKE use the subnetwork of the Shared VPC', () => {
  expect(
    all('google_compute_subnetwork_iam_member')
      .map(({ project, subnetwork, role, member }) =>
        [project, subnetwork, role, member].map(String).join(' '),
      )
      .sort(),
  ).toEqual([
    'company-network shop roles/compute.networkUser serviceAccount:300000000001@cloudservices.gserviceaccount.com',
    `company-network shop roles/compute.networkUser ${agent('container-engine-robot')}`,
  ]);
  expect(
    all('google_project_iam_member')
      .map(({ project, role, member }) => [project, role, member].map(String).join(' '))
      .sort(),
  ).toEqual([
    `company-network roles/container.hostServiceAgentUser ${agent('container-engine-robot')}`,
    `shop-prod roles/aiplatform.serviceAgent ${agent('gcp-sa-aiplatform')}`,
    `shop-prod roles/container.serviceAgent ${agent('container-engine-robot')}`,
  ]);
});
