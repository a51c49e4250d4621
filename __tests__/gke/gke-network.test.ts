import { TerraformVariable } from 'cdktf';
import { parseCidr } from '../../lib/core/cidr';
import { GkeNetwork, type GkeNetworkProps } from '../../lib/gke/gke-network';
import { addresses, byAddress, refusal, resource, resources, synthesized, testStack } from '../synth';

function network(props: Partial<Record<keyof GkeNetworkProps, unknown>> = {}, stack = testStack()) {
  new GkeNetwork(stack, 'network', {
    project: { id: 'my-project' },
    region: 'us-central1',
    name: 'books',
    ...props,
  } as GkeNetworkProps);
  return stack;
}

test('the smallest network has one private subnetwork with flow logs, and a NAT', () => {
  expect(byAddress(network())).toMatchInlineSnapshot(`
   {
     "google_compute_network.network_C8AC2FB3": {
       "auto_create_subnetworks": false,
       "name": "books",
       "project": "my-project",
       "routing_mode": "REGIONAL",
     },
     "google_compute_router.network_router_B15B771C": {
       "name": "books-router",
       "network": "\${google_compute_network.network_C8AC2FB3.id}",
       "project": "my-project",
       "region": "us-central1",
     },
     "google_compute_router_nat.network_nat_B2CD8D5F": {
       "log_config": {
         "enable": true,
         "filter": "ERRORS_ONLY",
       },
       "name": "books-nat",
       "nat_ip_allocate_option": "AUTO_ONLY",
       "project": "my-project",
       "region": "us-central1",
       "router": "\${google_compute_router.network_router_B15B771C.name}",
       "source_subnetwork_ip_ranges_to_nat": "ALL_SUBNETWORKS_ALL_IP_RANGES",
     },
     "google_compute_subnetwork.network_subnetwork_FF2F9F3B": {
       "ip_cidr_range": "10.0.0.0/20",
       "log_config": {
         "aggregation_interval": "INTERVAL_5_SEC",
         "flow_sampling": 0.5,
         "metadata": "INCLUDE_ALL_METADATA",
       },
       "name": "books-us-central1",
       "network": "\${google_compute_network.network_C8AC2FB3.id}",
       "private_ip_google_access": true,
       "project": "my-project",
       "region": "us-central1",
       "secondary_ip_range": [
         {
           "ip_cidr_range": "10.4.0.0/14",
           "range_name": "pods",
         },
         {
           "ip_cidr_range": "10.8.0.0/20",
           "range_name": "services",
         },
       ],
     },
   }
  `);
});

test('its names are known before anything is made', () => {
  const made = new GkeNetwork(testStack(), 'network', {
    project: { id: 'my-project' },
    region: 'us-central1',
    name: 'books',
  });
  expect([made.network, made.subnetwork]).toEqual([
    'projects/my-project/global/networks/books',
    'projects/my-project/regions/us-central1/subnetworks/books-us-central1',
  ]);
});

test('without NAT there is no router', () => {
  expect(addresses(synthesized(network({ nat: false }))).map((address) => address.split('.')[0])).toEqual([
    'google_compute_network',
    'google_compute_subnetwork',
  ]);
});

test('without flow logs the subnetwork has no log', () => {
  expect(resource(network({ flowLogs: false }), 'google_compute_subnetwork')).not.toHaveProperty(
    'log_config',
  );
});

test('nothing opens a firewall or takes a public address', () => {
  expect(addresses(synthesized(network())).filter((address) => /firewall|address/.test(address))).toEqual([]);
});

test('a long name is cut for what is named after it, and stays one of its own', () => {
  const stack = network({ name: 'n'.repeat(63) });
  expect(resource(stack, 'google_compute_network').name).toBe('n'.repeat(63));
  for (const type of ['google_compute_subnetwork', 'google_compute_router', 'google_compute_router_nat']) {
    expect(resource(stack, type).name).toMatch(/^n{54}-[0-9a-f]{8}$/);
  }
});

test('a network that exists is passed on as it is', () => {
  const shared = GkeNetwork.fromAttributes(testStack(), 'shared', {
    network: 'projects/host/global/networks/shared',
    subnetwork: 'nodes',
  });
  expect(shared).toMatchObject({ network: 'projects/host/global/networks/shared', subnetwork: 'nodes' });
  expect(shared.dependenciesIn(testStack())).toEqual([]);
});

test.each<[string, Partial<Record<keyof GkeNetworkProps, unknown>>, string]>([
  [
    'services inside the pods',
    { serviceCidr: '10.4.0.0/20' },
    'serviceCidr must not overlap podCidr (10.4.0.0/14) (got "10.4.0.0/20"). Change one of the two.',
  ],
  [
    'pods around the nodes',
    { podCidr: '10.0.0.0/13' },
    'podCidr must not overlap nodeCidr (10.0.0.0/20) (got "10.0.0.0/13"). Change one of the two.',
  ],
  [
    'nodes inside the pods, at their end',
    { nodeCidr: '10.7.240.0/20' },
    'podCidr must not overlap nodeCidr (10.7.240.0/20) (got "10.4.0.0/14"). Change one of the two.',
  ],
  [
    'a range with host bits',
    { nodeCidr: '10.0.0.1/20' },
    'nodeCidr must start at the first address of its prefix (got "10.0.0.1/20"). Use "10.0.0.0/20".',
  ],
  [
    'a range in octal',
    { nodeCidr: '010.0.0.0/20' },
    'nodeCidr must start at the first address of its prefix (got "010.0.0.0/20"). Use "10.0.0.0/20".',
  ],
  [
    'an address without a prefix',
    { nodeCidr: '10.0.0.0' },
    'nodeCidr must be an IPv4 range of the form ADDRESS/PREFIX, for example "10.0.0.0/20" (got "10.0.0.0").',
  ],
  [
    'a byte too large',
    { nodeCidr: '10.0.256.0/20' },
    'nodeCidr must be an IPv4 range (got "10.0.256.0/20").',
  ],
  [
    'a prefix too long',
    { nodeCidr: '10.0.0.0/33' },
    'nodeCidr must be an IPv4 range of the form ADDRESS/PREFIX, for example "10.0.0.0/20" (got "10.0.0.0/33").',
  ],
  [
    'a zone',
    { region: 'us-central1-a' },
    'region must be a region, for example "us-central1" (got "us-central1-a"). Use "us-central1".',
  ],
  [
    'a name of 64 letters',
    { name: 'n'.repeat(64) },
    `name must have 1 to 63 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen (got "${'n'.repeat(64)}"). Shorten it.`,
  ],
])('%s: refused', (_, props, message) => {
  expect(refusal(() => network(props)).message).toBe(`prod/network: ${message}`);
});

test.each([
  ['nodeCidr', '10.0.0.0/29', '10.0.0.0/30', '/8 to /29'],
  ['nodeCidr', '9.0.0.0/8', '8.0.0.0/7', '/8 to /29'],
  ['podCidr', '10.4.0.0/21', '10.4.0.0/22', '/9 to /21'],
  ['podCidr', '11.0.0.0/9', '11.0.0.0/8', '/9 to /21'],
  ['serviceCidr', '10.8.0.0/27', '10.8.0.0/28', '/16 to /27'],
  ['serviceCidr', '10.8.0.0/16', '10.8.0.0/15', '/16 to /27'],
])('%s may be %s and not %s', (property, good, bad, bounds) => {
  expect(() => synthesized(network({ [property]: good }))).not.toThrow();
  expect(refusal(() => network({ [property]: bad })).message).toBe(
    `prod/network: ${property} must have a prefix from ${bounds} (got "${bad}").`,
  );
});

test('ranges that touch do not overlap', () => {
  const stack = network({ nodeCidr: '10.0.0.0/20', podCidr: '10.4.0.0/14', serviceCidr: '10.0.16.0/20' });
  expect(resources(stack, 'google_compute_subnetwork')).toHaveLength(1);
});

test('a range that Terraform will know is used as it is', () => {
  const stack = testStack();
  const nodeCidr = new TerraformVariable(stack, 'nodes', { type: 'string' }).stringValue;
  expect(resource(network({ nodeCidr }, stack), 'google_compute_subnetwork').ip_cidr_range).toBe(
    '${var.nodes}',
  );
});

test('a prefix with a leading zero is refused, as Terraform does', () => {
  expect(refusal(() => network({ podCidr: '10.128.0.0/09' })).problems).toHaveLength(1);
});

test.each([
  ['0.0.0.0/0', { first: 0, last: 4_294_967_295, prefix: 0 }],
  ['255.255.255.255/32', { first: 4_294_967_295, last: 4_294_967_295, prefix: 32 }],
  ['10.0.15.255/20', { first: 167_772_160, last: 167_776_255, prefix: 20 }],
])('%s holds the addresses from its first to its last', (text, block) => {
  expect(parseCidr(text)).toEqual(block);
});
