import { checkKeyLocation } from '../google/kms-keys';
import { Token } from 'cdktf';
import type { WithInherited } from '../core/inherited';
import { kmsKeyName } from '../google/names';
import {
  all,
  boolean,
  differ,
  knownAtSynth,
  list,
  matching,
  oneOf,
  optional,
  record,
  rule,
  shape,
  singleLine,
  string,
  type Report,
  type Shape,
} from '../core/rules';
import { serviceAccount } from '../identity/google/principal';
import { workloadPoolOf } from '../identity/google/members';
import { project, projectId } from '../google/project';
import { REPOSITORY, type RepositoryReference } from '../identity/google/references';
import { cidrOf, isBroad, isReserved } from '../core/cidr';
import { acknowledgement } from '../core/justification';
import type {
  AuthorizedNetwork,
  GkeClusterAcknowledgements,
  GkeClusterProps,
  MaintenanceWindow,
} from './gke-cluster-props';
import { networkRule } from './gke-network';
import { checkMaintenanceWindow, recurrence } from './maintenance-window';
import {
  clusterName,
  location,
  regionOfZone,
  resourceLabelKey,
  resourceLabelValue,
} from '../google/locations';
import { checkZones, nodePoolCrossChecks, nodePoolRules } from './node-pool/node-pool-rules';
import { googleProviderRules } from '../google/options';

const time = matching(
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/,
  'be a time in RFC 3339 format with a time zone, for example "2026-01-03T02:00:00Z"',
);

export const clusterRules: Shape<GkeClusterProps> = {
  project,
  name: clusterName,
  location,
  network: networkRule,
  mode: optional(oneOf(['autopilot', 'standard'])),
  nodePools: optional(list(shape(nodePoolRules))),
  releaseChannel: optional(oneOf(['RAPID', 'REGULAR', 'STABLE', 'EXTENDED'])),
  deletionProtection: optional(boolean),
  nodeServiceAccount: optional(serviceAccount),
  imageRepositories: optional(list(REPOSITORY.rule)),
  workloadPool: optional(knownAtSynth(string())),
  dnsEndpointExternalTraffic: optional(boolean),
  authorizedNetworks: optional(
    list(
      shape<AuthorizedNetwork>({
        cidr: all(
          cidrOf(0, 32),
          rule(
            'have a prefix of /8 or longer, because a shorter one is a large part of the internet',
            (value) => !isBroad(value as string),
            () => 'List the ranges, or omit them and use the DNS endpoint, which IAM protects.',
          ),
        ),
        displayName: singleLine(100),
      }),
      { min: 1, max: 100 },
    ),
  ),
  publicIpEndpoint: optional(knownAtSynth(boolean)),
  acknowledge: optional(shape<GkeClusterAcknowledgements>({ publicIpEndpoint: acknowledgement })),
  databaseKmsKeyName: optional(kmsKeyName),
  binaryAuthorization: optional(boolean),
  rbacSecurityGroup: optional(
    matching(/^gke-security-groups@.+\..+$/, 'be a group of the form gke-security-groups@DOMAIN'),
  ),
  secretManagerAddon: optional(boolean),
  fleetProject: optional(projectId),
  maintenanceWindow: optional(
    shape<MaintenanceWindow>({
      startTime: time,
      endTime: time,
      recurrence,
    }),
  ),
  labels: optional(record(resourceLabelKey, resourceLabelValue)),
  ...googleProviderRules,
};

/** Cross-property validation of a cluster. */
export function clusterCrossChecks(props: WithInherited<GkeClusterProps>, report: Report): void {
  const { mode = 'autopilot', nodePools = [], workloadPool, maintenanceWindow } = props;
  const own = workloadPoolOf(props.project.id);
  if (workloadPool !== undefined && !Token.isUnresolved(workloadPool) && !Token.isUnresolved(own)) {
    if (workloadPool !== own) {
      report({
        property: 'workloadPool',
        value: workloadPool,
        rule: "be the workload pool of the cluster's project",
        fix: `Use "${own}" or omit it; for a fleet, bind to a FleetWorkloadPool.`,
      });
    }
  }
  if (mode === 'autopilot' && nodePools.length > 0) {
    report({
      property: 'nodePools',
      value: nodePools.map(({ name }) => name),
      rule: 'be omitted for an Autopilot cluster, which creates its own nodes',
      fix: 'Omit them and select machines by node selectors, or set mode to "standard".',
    });
  }
  const region = typeof props.location === 'string' ? regionOfZone(props.location) : undefined;
  if (mode === 'autopilot' && region !== undefined) {
    report({
      property: 'location',
      value: props.location,
      rule: 'be a region for an Autopilot cluster',
      fix: `Use "${region}".`,
    });
  }
  const subnetworkRegion = /\/regions\/([^/]+)\/subnetworks\//.exec(props.network.subnetwork)?.[1];
  const clusterRegion = region ?? props.location;
  // https://cloud.google.com/kubernetes-engine/docs/how-to/encrypting-secrets
  const { databaseKmsKeyName: key } = props;
  checkKeyLocation({ property: 'databaseKmsKeyName', key, location: clusterRegion }, report);
  if (subnetworkRegion !== undefined && differ(subnetworkRegion, clusterRegion)) {
    report({
      property: 'network',
      value: props.network.subnetwork,
      rule: `have a subnetwork in the region of the cluster (${clusterRegion})`,
      fix: 'Use a network of that region, or create the cluster in the region of the network.',
    });
  }
  checkIpEndpoint(props, report);
  (props.imageRepositories ?? []).forEach((repository, index, all) => {
    const same = ({ repositoryId, location, project }: RepositoryReference) =>
      repositoryId === repository.repositoryId &&
      location === repository.location &&
      project === repository.project;
    if (all.findIndex(same) === index) return;
    const property = `imageRepositories[${index}]`;
    report({ property, value: repository.repositoryId, rule: 'be unique in the list', fix: 'Omit it.' });
  });
  nodePools.forEach((pool, index) => {
    nodePoolCrossChecks(pool, report, `nodePools[${index}].`);
    checkZones(pool, props.location, report, `nodePools[${index}].`);
    if (nodePools.findIndex(({ name }) => name === pool.name) < index) {
      report({
        property: `nodePools[${index}].name`,
        value: pool.name,
        rule: 'be unique among the node pools',
      });
    }
  });
  if (maintenanceWindow !== undefined) checkMaintenanceWindow(maintenanceWindow, report);
}

/**
 * GKE rejects public ranges for a private address: "network … is not a reserved network, which is required for private
 * endpoints" (terraform-google-modules/terraform-google-kubernetes-engine#153).
 */
function checkIpEndpoint(props: WithInherited<GkeClusterProps>, report: Report): void {
  const { authorizedNetworks, publicIpEndpoint, acknowledge } = props;
  if (publicIpEndpoint !== true) {
    authorizedNetworks?.forEach(({ cidr }, index) => {
      if (Token.isUnresolved(cidr) || isReserved(cidr) || isBroad(cidr)) return;
      report({
        property: `authorizedNetworks[${index}].cidr`,
        value: cidr,
        rule: 'be a private range, because the IP endpoint has a private address',
        fix: 'Use a range of RFC 1918, or set publicIpEndpoint to true.',
      });
    });
    return;
  }
  if (authorizedNetworks === undefined) {
    report({
      property: 'authorizedNetworks',
      value: undefined,
      rule: 'be set when publicIpEndpoint is true',
      fix: 'List the ranges that may reach the control plane.',
    });
  }
  if (acknowledge?.publicIpEndpoint === undefined) {
    report({
      property: 'publicIpEndpoint',
      value: true,
      rule: 'be false unless acknowledge.publicIpEndpoint is set, because the internet can reach the address',
      fix: 'Omit it, or set acknowledge.publicIpEndpoint to the reason.',
    });
  }
}
