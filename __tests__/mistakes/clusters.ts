import type { Mistake } from './mistake';

/*
 * Sources: https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters
 * and issues of terraform-provider-google about ranges, maintenance windows and project ids
 */

export const clusters: readonly Mistake[] = [
  [
    'a region with one hyphen too many',
    'GkeCluster',
    () => ({ location: 'us-central-1' }),
    'prod/it: 2 problems\n  - location must be a region, for example "us-central1", or a zone, for example "us-central1-a" (got "us-central-1").\n  - databaseKmsKeyName must be a key in the location of what it encrypts (us-central-1) (got "projects/my-project/locations/us-central1/keyRings/r/cryptoKeys/k"). Use a key of a key ring in us-central-1.',
  ],
  [
    'a region of AWS',
    'GkeCluster',
    () => ({ location: 'eu-west-1' }),
    'prod/it: 2 problems\n  - location must be a region, for example "us-central1", or a zone, for example "us-central1-a" (got "eu-west-1").\n  - databaseKmsKeyName must be a key in the location of what it encrypts (eu-west-1) (got "projects/my-project/locations/us-central1/keyRings/r/cryptoKeys/k"). Use a key of a key ring in eu-west-1.',
  ],
  [
    'a location in capitals',
    'GkeCluster',
    () => ({ location: 'US-CENTRAL1' }),
    'prod/it: 2 problems\n  - location must be a region, for example "us-central1", or a zone, for example "us-central1-a" (got "US-CENTRAL1").\n  - databaseKmsKeyName must be a key in the location of what it encrypts (US-CENTRAL1) (got "projects/my-project/locations/us-central1/keyRings/r/cryptoKeys/k"). Use a key of a key ring in US-CENTRAL1.',
  ],
  [
    'a multi-region',
    'GkeCluster',
    () => ({ location: 'us' }),
    'prod/it: 2 problems\n  - location must be a region, for example "us-central1", or a zone, for example "us-central1-a" (got "us").\n  - databaseKmsKeyName must be a key in the location of what it encrypts (us) (got "projects/my-project/locations/us-central1/keyRings/r/cryptoKeys/k"). Use a key of a key ring in us.',
  ],
  [
    'the global location',
    'GkeCluster',
    () => ({ location: 'global' }),
    'prod/it: 2 problems\n  - location must be a region, for example "us-central1", or a zone, for example "us-central1-a" (got "global").\n  - databaseKmsKeyName must be a key in the location of what it encrypts (global) (got "projects/my-project/locations/us-central1/keyRings/r/cryptoKeys/k"). Use a key of a key ring in global.',
  ],
  [
    'a name in capitals',
    'GkeCluster',
    () => ({ name: 'Books' }),
    'prod/it: name must have 1 to 40 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen (got "Books"). Use "books".',
  ],
  [
    'a name with an underscore',
    'GkeCluster',
    () => ({ name: 'books_prod' }),
    'prod/it: name must have 1 to 40 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen (got "books_prod"). Use "books-prod".',
  ],
  [
    'a name of 41 characters',
    'GkeCluster',
    () => ({ name: 'b'.repeat(41) }),
    'prod/it: name must have 1 to 40 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen (got "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"). Shorten it.',
  ],
  [
    'a release channel in lower case',
    'GkeCluster',
    () => ({ releaseChannel: 'regular' }),
    'prod/it: releaseChannel must be one of "RAPID", "REGULAR", "STABLE", "EXTENDED" (got "regular"). Use "REGULAR".',
  ],
  [
    'a release channel that is a version',
    'GkeCluster',
    () => ({ releaseChannel: '1.31' }),
    'prod/it: releaseChannel must be one of "RAPID", "REGULAR", "STABLE", "EXTENDED" (got "1.31").',
  ],
  [
    'a project name in place of the id',
    'GkeCluster',
    () => ({ project: { id: 'My Project' } }),
    'prod/it: 2 problems\n  - project.id must be a project id: 6 to 30 lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen (got "My Project").\n  - workloadPool must be the workload pool of the cluster\'s project (got "my-project.svc.id.goog"). Use "My Project.svc.id.goog" or omit it; for a fleet, bind to a FleetWorkloadPool.',
  ],
  [
    'a project number in place of the id',
    'GkeCluster',
    () => ({ project: { id: '123456789012' } }),
    'prod/it: 2 problems\n  - project.id must be a project id: 6 to 30 lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen (got "123456789012"). This is a project number; set the project id.\n  - workloadPool must be the workload pool of the cluster\'s project (got "my-project.svc.id.goog"). Use "123456789012.svc.id.goog" or omit it; for a fleet, bind to a FleetWorkloadPool.',
  ],
  [
    'an authorized network without a prefix',
    'GkeCluster',
    () => ({ authorizedNetworks: [{ cidr: '10.0.0.1', displayName: 'office' }] }),
    'prod/it: authorizedNetworks[0].cidr must be an IPv4 range of the form ADDRESS/PREFIX, for example "10.0.0.0/20" (got "10.0.0.1").',
  ],
  [
    'an authorized network with host bits',
    'GkeCluster',
    () => ({ authorizedNetworks: [{ cidr: '10.0.0.5/8', displayName: 'office' }] }),
    'prod/it: authorizedNetworks[0].cidr must start at the first address of its prefix (got "10.0.0.5/8"). Use "10.0.0.0/8".',
  ],
  [
    'the whole internet as an authorized network',
    'GkeCluster',
    () => ({ authorizedNetworks: [{ cidr: '0.0.0.0/0', displayName: 'all' }] }),
    'prod/it: authorizedNetworks[0].cidr must have a prefix of /8 or longer, because a shorter one is a large part of the internet (got "0.0.0.0/0"). List the ranges, or omit them and use the DNS endpoint, which IAM protects.',
  ],
  [
    'a Google group without the required name',
    'GkeCluster',
    () => ({ rbacSecurityGroup: 'admins@example.com' }),
    'prod/it: rbacSecurityGroup must be a group of the form gke-security-groups@DOMAIN (got "admins@example.com").',
  ],
  [
    'a key of another region',
    'GkeCluster',
    () => ({ databaseKmsKeyName: 'projects/my-project/locations/europe-west1/keyRings/r/cryptoKeys/k' }),
    'prod/it: databaseKmsKeyName must be a key in the location of what it encrypts (us-central1) (got "projects/my-project/locations/europe-west1/keyRings/r/cryptoKeys/k"). Use a key of a key ring in us-central1.',
  ],
  [
    'the id of a key ring in place of a key',
    'GkeCluster',
    () => ({ databaseKmsKeyName: 'projects/my-project/locations/us-central1/keyRings/r' }),
    'prod/it: databaseKmsKeyName must be a key of the form projects/PROJECT/locations/LOCATION/keyRings/RING/cryptoKeys/KEY (got "projects/my-project/locations/us-central1/keyRings/r").',
  ],
  [
    'a version of a key in place of a key',
    'GkeCluster',
    () => ({
      databaseKmsKeyName:
        'projects/my-project/locations/us-central1/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1',
    }),
    'prod/it: databaseKmsKeyName must be a key of the form projects/PROJECT/locations/LOCATION/keyRings/RING/cryptoKeys/KEY (got "projects/my-project/locations/us-central1/keyRings/r/cryptoKeys/k/cryptoKeyVers… (87 characters)).',
  ],
  [
    'a maintenance window of two hours',
    'GkeCluster',
    () => ({
      maintenanceWindow: {
        startTime: '2030-01-05T02:00:00Z',
        endTime: '2030-01-05T04:00:00Z',
        recurrence: 'FREQ=DAILY',
      },
    }),
    'prod/it: maintenanceWindow.endTime must be at least four hours after startTime (got "2030-01-05T04:00:00Z"). Set a later endTime.',
  ],
  [
    'a maintenance window that ends before it starts',
    'GkeCluster',
    () => ({
      maintenanceWindow: {
        startTime: '2030-01-05T14:00:00Z',
        endTime: '2030-01-05T02:00:00Z',
        recurrence: 'FREQ=DAILY',
      },
    }),
    'prod/it: maintenanceWindow.endTime must be at least four hours after startTime (got "2030-01-05T02:00:00Z"). Set a later endTime.',
  ],
  [
    'a maintenance window once a month',
    'GkeCluster',
    () => ({
      maintenanceWindow: {
        startTime: '2030-01-05T02:00:00Z',
        endTime: '2030-01-05T14:00:00Z',
        recurrence: 'FREQ=MONTHLY',
      },
    }),
    'prod/it: maintenanceWindow.recurrence must be a recurrence rule, for example "FREQ=WEEKLY;BYDAY=SA,SU" (got "FREQ=MONTHLY").',
  ],
  [
    'a maintenance window with a time of day',
    'GkeCluster',
    () => ({ maintenanceWindow: { startTime: '02:00', endTime: '06:00', recurrence: 'FREQ=DAILY' } }),
    'prod/it: 2 problems\n  - maintenanceWindow.startTime must be a time in RFC 3339 format with a time zone, for example "2026-01-03T02:00:00Z" (got "02:00").\n  - maintenanceWindow.endTime must be a time in RFC 3339 format with a time zone, for example "2026-01-03T02:00:00Z" (got "06:00").',
  ],
  [
    'the workload pool of another project',
    'GkeCluster',
    () => ({ workloadPool: 'other-project.svc.id.goog' }),
    'prod/it: workloadPool must be the workload pool of the cluster\'s project (got "other-project.svc.id.goog"). Use "my-project.svc.id.goog" or omit it; for a fleet, bind to a FleetWorkloadPool.',
  ],
  [
    'a label in capitals',
    'GkeCluster',
    () => ({ labels: { Team: 'books' } }),
    'prod/it: the name "Team" in labels must be a label key: 1 to 63 lower-case letters, digits, "-" and "_", starting with a letter (got "Team").',
  ],
  [
    'a label value with a space',
    'GkeCluster',
    () => ({ labels: { team: 'team books' } }),
    'prod/it: labels["team"] must be a label value: at most 63 lower-case letters, digits, "-" and "_" (got "team books").',
  ],
  [
    'node pools on Autopilot',
    'GkeCluster',
    () => ({ nodePools: [{ name: 'batch', machineType: 'n2-standard-4' }] }),
    'prod/it: nodePools must be omitted for an Autopilot cluster, which creates its own nodes (got ["batch"]). Omit them and select machines by node selectors, or set mode to "standard".',
  ],
  [
    'a public endpoint without a reason',
    'GkeCluster',
    () => ({ acknowledge: undefined }),
    'prod/it: publicIpEndpoint must be false unless acknowledge.publicIpEndpoint is set, because the internet can reach the address (got true). Omit it, or set acknowledge.publicIpEndpoint to the reason.',
  ],
  [
    'a full name of a repository',
    'GkeCluster',
    () => ({
      imageRepositories: [
        { repositoryId: 'projects/my-project/locations/us/repositories/images', location: 'us' },
      ],
    }),
    'prod/it: imageRepositories[0].repositoryId must be the id of a repository: 1 to 63 lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen (got "projects/my-project/locations/us/repositories/images"). Use "images", and set project and location.',
  ],
  [
    'a repository twice',
    'GkeCluster',
    () => ({
      imageRepositories: [
        { repositoryId: 'images', location: 'us' },
        { repositoryId: 'images', location: 'us' },
      ],
    }),
    'prod/it: imageRepositories[1] must be unique in the list (got "images"). Omit it.',
  ],
  [
    'a registry host in place of the location',
    'GkeCluster',
    () => ({ imageRepositories: [{ repositoryId: 'images', location: 'us-docker.pkg.dev' }] }),
    'prod/it: imageRepositories[0].location must be a region, for example "us-central1", or one of "us", "europe" and "asia" (got "us-docker.pkg.dev").',
  ],
  [
    'a range for pods that overlaps the nodes',
    'GkeNetwork',
    () => ({ nodeCidr: '10.0.0.0/16', podCidr: '10.0.0.0/14' }),
    'prod/it: 2 problems\n  - podCidr must not overlap nodeCidr (10.0.0.0/16) (got "10.0.0.0/14"). Change one of the two.\n  - serviceCidr must not overlap nodeCidr (10.0.0.0/16) (got "10.0.0.0/20"). Change one of the two.',
  ],
  [
    'a range for services that overlaps the pods',
    'GkeNetwork',
    () => ({ podCidr: '10.0.0.0/14', serviceCidr: '10.1.0.0/20' }),
    'prod/it: serviceCidr must not overlap podCidr (10.0.0.0/14) (got "10.1.0.0/20"). Change one of the two.',
  ],
  [
    'a range for pods that is too small',
    'GkeNetwork',
    () => ({ podCidr: '172.16.0.0/26' }),
    'prod/it: podCidr must have a prefix from /9 to /21 (got "172.16.0.0/26").',
  ],
  [
    'a range with an octet above 255',
    'GkeNetwork',
    () => ({ nodeCidr: '10.0.300.0/20' }),
    'prod/it: nodeCidr must be an IPv4 range (got "10.0.300.0/20").',
  ],
  [
    'a zone in place of the region',
    'GkeNetwork',
    () => ({ region: 'us-central1-a' }),
    'prod/it: region must be a region, for example "us-central1" (got "us-central1-a"). Use "us-central1".',
  ],
  [
    'a range of IPv6',
    'GkeNetwork',
    () => ({ nodeCidr: 'fd00::/48' }),
    'prod/it: nodeCidr must be an IPv4 range of the form ADDRESS/PREFIX, for example "10.0.0.0/20" (got "fd00::/48").',
  ],
];
