import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { noLab, planOf, temporaryFolder, testUnless } from './lab';
import { alteredBy, changesIn } from './plan';
import { exampleStacks } from './synthesized';

/** What a cluster may be like that someone made years ago, none of it as `GkeCluster` makes clusters. */
const settings = {
  // A field of the provider alone, taken to be at its default after an import.
  deletion_protection: true,
  description: 'made by hand',
  network: 'projects/my-project/global/networks/legacy',
  subnetwork: 'projects/my-project/regions/us-central1/subnetworks/legacy',
  resource_labels: { team: 'somebody', cost_centre: '42' },
  node_locations: ['us-central1-a', 'us-central1-f'],
  min_master_version: '1.29',
  initial_node_count: 3,
  enable_legacy_abac: true,
  enable_intranode_visibility: false,
  enable_shielded_nodes: false,
  logging_service: 'none',
  default_max_pods_per_node: 64,
  release_channel: [{ channel: 'EXTENDED' }],
  // The lab takes a block as the provider reads it, with every attribute that the block has.
  master_authorized_networks_config: [
    {
      cidr_blocks: [{ cidr_block: '198.51.100.0/24', display_name: 'office' }],
      gcp_public_cidrs_access_enabled: true,
      private_endpoint_enforcement_enabled: false,
    },
  ],
  network_policy: [{ enabled: true, provider: 'CALICO' }],
  vertical_pod_autoscaling: [{ enabled: true }],
};

const scratch = temporaryFolder();
let platform: string;
beforeAll(() => {
  platform = exampleStacks(scratch).find(({ name }) => name.endsWith('/existing-platform'))!.folder;
});

/** The one change that adopting makes to a cluster as described. */
function adopt(cluster: Readonly<Record<string, unknown>>) {
  const drift = join(scratch, 'drift.json');
  writeFileSync(drift, JSON.stringify({ 'google_container_cluster.fastapi-cluster': cluster }));
  const changes = changesIn(planOf(platform, scratch, { LAB_DRIFT: drift }));
  expect(changes).toHaveLength(1);
  const [change] = changes;
  expect(change!.change.importing?.id).toBe(
    'projects/my-project/locations/us-central1/clusters/fastapi-cluster',
  );
  // The lab understood the settings: each is what the plan found.
  expect(change!.change.before).toMatchObject(cluster);
  return change!;
}

/** Attributes of the state in which the Google provider records the labels; no request changes with them. */
const RECORDED_LABELS = ['effective_labels', 'terraform_labels'];

const judged = testUnless(noLab);

judged('adopting a cluster with no workload pool imports it and switches the pool on, nothing else', () => {
  const change = adopt({ ...settings, workload_identity_config: [] });
  expect(change.change.actions).toEqual(['update']);
  expect(alteredBy(change)).toEqual([...RECORDED_LABELS, 'workload_identity_config']);
  expect(change.change.after?.workload_identity_config).toEqual([
    { workload_pool: 'my-project.svc.id.goog' },
  ]);
});

judged(
  'adopting a cluster that has its workload pool imports it and records its labels, nothing else',
  () => {
    const change = adopt({
      ...settings,
      workload_identity_config: [{ workload_pool: 'my-project.svc.id.goog' }],
    });
    expect(change.change.actions).toEqual(['update']);
    expect(alteredBy(change)).toEqual(RECORDED_LABELS);
    for (const attribute of RECORDED_LABELS) {
      expect(change.change.after?.[attribute]).toEqual(settings.resource_labels);
    }
  },
);

judged('adopting a cluster of another pool moves it to the pool of its project, nothing else', () => {
  const change = adopt({ ...settings, workload_identity_config: [{ workload_pool: 'other.svc.id.goog' }] });
  expect(change.change.actions).toEqual(['update']);
  expect(alteredBy(change)).toEqual([...RECORDED_LABELS, 'workload_identity_config']);
});
