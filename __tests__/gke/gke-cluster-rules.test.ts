import { TerraformVariable } from 'cdktf';
import { problems, refusal, resource, testStack } from '../synth';
import { type Props, cluster, made } from './cluster-fixtures';

describe('bad input', () => {
  const NAME =
    'have 1 to 40 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen';
  test.each<[string, Props, string]>([
    [
      'the workload pool of another project',
      { workloadPool: 'other-project.svc.id.goog' },
      'workloadPool must be the workload pool of the cluster\'s project (got "other-project.svc.id.goog"). Use "my-project.svc.id.goog" or omit it; for a fleet, bind to a FleetWorkloadPool.',
    ],
    [
      'a name of 41 letters',
      { name: 'c'.repeat(41) },
      `name must ${NAME} (got "${'c'.repeat(41)}"). Shorten it.`,
    ],
    [
      'a mode in capitals',
      { mode: 'Standard' },
      'mode must be one of "autopilot", "standard" (got "Standard"). Use "standard".',
    ],
    [
      'the whole internet',
      { authorizedNetworks: [{ cidr: '0.0.0.0/0', displayName: 'all' }] },
      'authorizedNetworks[0].cidr must have a prefix of /8 or longer, because a shorter one is a large part of the internet (got "0.0.0.0/0"). List the ranges, or omit them and use the DNS endpoint, which IAM protects.',
    ],
    [
      'a range of the internet for the private address',
      { authorizedNetworks: [{ cidr: '8.8.8.0/24', displayName: 'office' }] },
      'authorizedNetworks[0].cidr must be a private range, because the IP endpoint has a private address (got "8.8.8.0/24"). Use a range of RFC 1918, or set publicIpEndpoint to true.',
    ],
    [
      'a public address without a reason',
      { authorizedNetworks: [{ cidr: '8.8.8.0/24', displayName: 'office' }], publicIpEndpoint: true },
      'publicIpEndpoint must be false unless acknowledge.publicIpEndpoint is set, because the internet can reach the address (got true). Omit it, or set acknowledge.publicIpEndpoint to the reason.',
    ],
    [
      'a public address without networks',
      { publicIpEndpoint: true, acknowledge: { publicIpEndpoint: 'tests' } },
      'authorizedNetworks is required when publicIpEndpoint is true. List the ranges that may reach the control plane.',
    ],
    [
      'no authorized network at all',
      { authorizedNetworks: [] },
      'authorizedNetworks must be a list of at least 1 and at most 100 items (got []). Add an item.',
    ],
    [
      'four hours a week, 16 in 32 days',
      {
        maintenanceWindow: {
          startTime: '2026-01-03T02:00:00Z',
          endTime: '2026-01-03T06:00:00Z',
          recurrence: 'FREQ=WEEKLY;BYDAY=SU',
        },
      },
      'maintenanceWindow.recurrence must allow 48 hours in each 32 days; 4 windows of 4 hours are 16 (got "FREQ=WEEKLY;BYDAY=SU"). Add days to BYDAY, or set a later endTime.',
    ],
    [
      'twelve hours every second week',
      {
        maintenanceWindow: {
          startTime: '2026-01-03T02:00:00Z',
          endTime: '2026-01-03T14:00:00Z',
          recurrence: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU',
        },
      },
      'maintenanceWindow.recurrence must allow 48 hours in each 32 days; 2 windows of 12 hours are 24 (got "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU"). Add days to BYDAY, or set a later endTime.',
    ],
    [
      'a day that is none',
      {
        maintenanceWindow: {
          startTime: '2026-01-03T02:00:00Z',
          endTime: '2026-01-03T14:00:00Z',
          recurrence: 'FREQ=WEEKLY;BYDAY=SAT,SUN',
        },
      },
      'maintenanceWindow.recurrence must have days of MO, TU, WE, TH, FR, SA, SU in BYDAY (got "FREQ=WEEKLY;BYDAY=SAT,SUN").',
    ],
    [
      'a window of three hours',
      {
        maintenanceWindow: {
          startTime: '2026-01-03T02:00:00Z',
          endTime: '2026-01-03T05:59:00Z',
          recurrence: 'FREQ=DAILY',
        },
      },
      'maintenanceWindow.endTime must be at least four hours after startTime (got "2026-01-03T05:59:00Z"). Set a later endTime.',
    ],
    [
      'the name of a network instead of the network',
      { network: 'default' },
      'network must be a GkeNetwork or GkeNetwork.fromAttributes(…) (got "default").',
    ],
    [
      'a key by its short name',
      { databaseKmsKeyName: 'books' },
      'databaseKmsKeyName must be a key of the form projects/PROJECT/locations/LOCATION/keyRings/RING/cryptoKeys/KEY (got "books").',
    ],
    [
      'any group',
      { rbacSecurityGroup: 'admins@example.com' },
      'rbacSecurityGroup must be a group of the form gke-security-groups@DOMAIN (got "admins@example.com").',
    ],
    [
      'two pools of one name',
      { mode: 'standard', nodePools: [{ name: 'a' }, { name: 'b' }, { name: 'a' }] },
      'nodePools[2].name must be unique among the node pools (got "a").',
    ],
    [
      'a misspelt property of a pool',
      { mode: 'standard', nodePools: [{ name: 'a', spott: true }] },
      'nodePools[0].spott is not a property. Did you mean "spot"?',
    ],
    [
      'a repository without a region',
      { imageRepositories: [{ repositoryId: 'images' }] },
      'imageRepositories[0].location is required. It must be a string.',
    ],
  ])('%s is refused', (_, props, message) => {
    const stack = testStack();
    expect(refusal(() => cluster(stack, props)).message).toBe(`prod/cluster: ${message}`);
    expect(stack.node.tryFindChild('cluster')).toBeUndefined();
  });

  test('all of it comes in one error', () => {
    const bad = {
      name: 'Books',
      location: 'us',
      mode: 'standart',
      nodePools: [{ name: 'a', nodeCount: -1 }],
    };
    expect(Object.keys(problems(() => cluster(testStack(), bad)))).toEqual([
      'name',
      'location',
      'mode',
      'nodePools[0].nodeCount',
    ]);
  });

  test('an object that only looks like a network is refused, not stumbled over', () => {
    expect(refusal(() => cluster(testStack(), { network: { subnetwork: 'default' } })).path).toBe(
      'prod/cluster',
    );
  });

  test('the own workload pool may be named', () => {
    expect(made({ workloadPool: 'my-project.svc.id.goog' }).workload_identity_config).toEqual({
      workload_pool: 'my-project.svc.id.goog',
    });
  });

  test('a project that Terraform will know gives a pool that it will know', () => {
    const stack = testStack();
    const id = new TerraformVariable(stack, 'project', { type: 'string' }).stringValue;
    cluster(stack, { project: { id } });
    expect(resource(stack, 'google_container_cluster').workload_identity_config).toEqual({
      workload_pool: '${var.project}.svc.id.goog',
    });
  });
});
