import { DeployerAccess } from '../../deploying/deployer-access';
import type { ServiceAgentKey } from '../../deploying/google-access';
import { serviceAgentOf } from '../../deploying/google-service-agents';
import { grouped, sorted } from '../../deploying/grouped';
import type { WithInherited } from '../../core/inherited';
import type { GoogleProjectPrerequisitesProps } from './google-project-prerequisites-props';

/** Subnetwork of a host project. */
export interface HostSubnetwork {
  readonly hostProject: string;
  readonly region: string;
  readonly name: string;
}

/** Needs of a project before the first apply of its stacks. */
export interface ProjectNeeds {
  /** APIs to enable. Sorted. */
  readonly apis: readonly string[];
  /** APIs whose service agent must exist. Sorted. */
  readonly serviceAgents: readonly string[];
  readonly kmsKeys: readonly ServiceAgentKey[];
  readonly subnetworks: readonly HostSubnetwork[];
}

const GKE = 'container.googleapis.com';

/** Needs of the stacks and of the explicit props. */
export function prerequisitesOf(props: WithInherited<GoogleProjectPrerequisitesProps>): ProjectNeeds {
  const { stacks = [], apis = [], serviceAgents = [], kmsKeys = [], sharedVpc } = props;
  const { id, number } = props.project;
  const { google } = DeployerAccess.fromStacks(stacks);
  // A resource without a project belongs to the project of the credentials, which may be this one.
  const own = google.filter(({ project }) => project === id || project === 'PROJECT');
  const agents = google
    .flatMap((access) => access.serviceAgents)
    .filter(({ project }) => project === id || project === number || project === 'PROJECT');
  const keys = distinct([...kmsKeys, ...own.flatMap((access) => access.kmsKeys)]);
  const subnetworks = distinct([
    ...(sharedVpc?.subnetworks ?? []).map(({ region, name }) => ({
      hostProject: sharedVpc?.hostProject ?? '',
      region,
      name,
    })),
    ...own.flatMap((access) => access.sharedSubnetworks).map(parsed),
  ]);
  const allAgents = sorted([
    ...serviceAgents,
    ...agents.map(({ service }) => service),
    ...keys.map(({ service }) => service),
    ...(subnetworks.length > 0 ? [GKE] : []),
  ]);
  return {
    apis: sorted([...apis, ...allAgents, ...own.flatMap((access) => access.apis)]),
    serviceAgents: allAgents,
    kmsKeys: keys,
    subnetworks,
  };
}

/** Whether a service agent of the project gets a role. */
export function givesRoles({ serviceAgents, kmsKeys, subnetworks }: ProjectNeeds): boolean {
  const hasRole = serviceAgents.some((service) => serviceAgentOf(service).role !== undefined);
  return hasRole || kmsKeys.length > 0 || subnetworks.length > 0;
}

function parsed(fullName: string): HostSubnetwork {
  const [, hostProject = '', , region = '', , name = ''] = fullName.split('/');
  return { hostProject, region, name };
}

function distinct<T>(values: readonly T[]): T[] {
  return grouped(values, (value) => JSON.stringify(value)).flatMap(([, same]) => same.slice(-1));
}
