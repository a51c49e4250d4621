import { crud, member } from './google-permissions';
import type { GoogleTypePermissions } from './type-permissions';

const COMPUTE = ['compute.googleapis.com'];
const GLOBAL = ['compute.globalOperations.get'];
const REGIONAL = ['compute.regionOperations.get'];
/** Changes of a network also need the permission on the network. */
const NETWORK_POLICY = ['compute.networks.updatePolicy'];

/** Needs of the resource types of networks. */
export const GOOGLE_NETWORK_RESOURCES: Readonly<Record<string, GoogleTypePermissions>> = {
  google_compute_firewall: {
    apis: COMPUTE,
    ...crud('compute.firewalls', {
      read: GLOBAL,
      create: NETWORK_POLICY,
      update: NETWORK_POLICY,
      delete: NETWORK_POLICY,
    }),
  },
  google_compute_network: {
    apis: COMPUTE,
    ...crud('compute.networks', { read: GLOBAL, update: NETWORK_POLICY }),
  },
  google_compute_network_attachment: {
    apis: COMPUTE,
    ...crud('compute.networkAttachments', {
      read: REGIONAL,
      create: ['compute.subnetworks.use'],
      update: ['compute.subnetworks.use'],
    }),
  },
  google_compute_router: {
    apis: COMPUTE,
    ...crud('compute.routers', {
      read: REGIONAL,
      create: NETWORK_POLICY,
      update: NETWORK_POLICY,
      delete: NETWORK_POLICY,
    }),
  },
  // NAT is a part of its router.
  google_compute_router_nat: {
    apis: COMPUTE,
    create: ['compute.routers.update', ...NETWORK_POLICY],
    read: ['compute.routers.get', ...REGIONAL],
    update: ['compute.routers.update', ...NETWORK_POLICY],
    delete: ['compute.routers.update', ...NETWORK_POLICY],
  },
  google_compute_subnetwork: {
    apis: COMPUTE,
    ...crud('compute.subnetworks', {
      read: REGIONAL,
      create: NETWORK_POLICY,
      update: [
        'compute.subnetworks.expandIpCidrRange',
        'compute.subnetworks.setPrivateIpGoogleAccess',
        ...NETWORK_POLICY,
      ],
      delete: NETWORK_POLICY,
    }),
  },
  google_compute_subnetwork_iam_member: { apis: COMPUTE, ...member('compute.subnetworks') },
};
