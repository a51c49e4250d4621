import { GOOGLE_DATA_SOURCES, GOOGLE_RESOURCES } from './google-table';
import { agentsIn } from './google-service-agents';
import { grouped, sorted } from './grouped';
import { valuesAt } from '../model/values/paths';
import type { ModelValue } from '../model/values/value';
import { templateText } from '../model/values/value-text';
import { isSet, knownText, providerOf, type StackResource } from './stack-resource';
import type { DeployOperation, GoogleTypePermissions } from './type-permissions';

/** Service agent of an API. Google creates it when the project first uses the service. */
export interface GoogleServiceAgent {
  /** API, for example `aiplatform.googleapis.com`. */
  readonly service: string;
  /** Id or number of the project of the agent, as `gcloud --project` accepts it. */
  readonly project: string;
}

/** Use of a Cloud KMS key by a service agent. The agent needs `roles/cloudkms.cryptoKeyEncrypterDecrypter` on the key. */
export interface ServiceAgentKey {
  /** Full name of the key, `projects/P/locations/L/keyRings/R/cryptoKeys/K`. */
  readonly keyName: string;
  /** API of the service agent, for example `container.googleapis.com`. */
  readonly service: string;
}

/** A file for `gcloud iam roles create ID --project=PROJECT --file=FILE`. */
export interface GoogleCustomRoleFile {
  /** Title of the role. */
  readonly title: string;
  /** Description of the role. */
  readonly description: string;
  /** Launch stage of the role. */
  readonly stage: 'GA';
  /** Permissions of the role, sorted. */
  readonly includedPermissions: readonly string[];
}

/** Needs of the deployer in one Google Cloud project. */
export interface GoogleDeployerAccess {
  /** Id of the project. It is `PROJECT` if the configuration does not have the id. */
  readonly project: string;
  /** APIs to enable. Sorted. */
  readonly apis: readonly string[];
  /** Service agents that must exist before the first apply. */
  readonly serviceAgents: readonly GoogleServiceAgent[];
  /** Keys of Cloud KMS that service agents of the project use. Keys that only Terraform knows are missing. Sorted. */
  readonly kmsKeys: readonly ServiceAgentKey[];
  /** Full names of the subnetworks of other projects, which belong to a Shared VPC. Sorted. */
  readonly sharedSubnetworks: readonly string[];
  /** Accounts that the deployer attaches to resources. It needs `iam.serviceAccounts.actAs` on each. Sorted. */
  readonly actsAs: readonly string[];
  /** Custom role with the permissions in this project. */
  readonly customRole: GoogleCustomRoleFile;
}

const UNKNOWN_PROJECT = 'PROJECT';
const ACT_AS = 'iam.serviceAccounts.actAs';

/** Table row of a resource; `undefined` if the type is unknown or belongs to another provider. */
export function googleTypeOf({ mode, type }: StackResource): GoogleTypePermissions | undefined {
  return (mode === 'data' ? GOOGLE_DATA_SOURCES : GOOGLE_RESOURCES)[type];
}

/** Needs of the resources by project, sorted by project. */
export function googleAccess(
  resources: readonly StackResource[],
  operations: readonly DeployOperation[],
): GoogleDeployerAccess[] {
  // `google_client_config` and its like need nothing.
  const needy = resources.filter((resource) => (googleTypeOf(resource)?.apis.length ?? 0) > 0);
  return grouped(needy, projectOf).map(([project, own]) => accessIn(project, own, operations));
}

function accessIn(
  project: string,
  resources: readonly StackResource[],
  operations: readonly DeployOperation[],
): GoogleDeployerAccess {
  const needs = resources.map((resource) => needsOf(resource, operations));
  const all = (pick: (need: Needs) => readonly string[]) => sorted(needs.flatMap(pick));
  const ownAgents = all(({ serviceAgents }) => serviceAgents).map((service) => ({ service, project }));
  return {
    project,
    apis: all(({ apis }) => apis),
    serviceAgents: distinct([...ownAgents, ...resources.flatMap(({ values }) => agentsIn(values.member))]),
    kmsKeys: keysIn(resources),
    sharedSubnetworks: sorted(resources.flatMap(subnetworksOf)).filter(
      (name) => !name.startsWith(`projects/${project}/`),
    ),
    actsAs: all(({ actsAs }) => actsAs),
    customRole: {
      title: 'Deployer of CDK for Terraform stacks',
      description: 'Permissions that Terraform needs to apply the stacks of the app',
      stage: 'GA',
      includedPermissions: all(({ permissions }) => permissions),
    },
  };
}

interface Needs {
  readonly apis: readonly string[];
  readonly permissions: readonly string[];
  readonly serviceAgents: readonly string[];
  readonly actsAs: readonly string[];
}

function needsOf(resource: StackResource, operations: readonly DeployOperation[]): Needs {
  const row = googleTypeOf(resource);
  if (row === undefined) return { apis: [], permissions: [], serviceAgents: [], actsAs: [] };
  const conditions = (row.when ?? []).filter(({ attribute }) => isSet(resource, attribute));
  const writes = operations.some((operation) => operation !== 'read');
  const actsAs = writes
    ? (row.actsAs ?? [])
        .flatMap((path) => valuesAt(resource.values, path))
        .map((value) => accountOf(resource, value))
    : [];
  return {
    apis: [...row.apis, ...conditions.flatMap(({ apis = [] }) => apis)],
    permissions: [
      ...operations.flatMap((operation) => row[operation]),
      ...(writes ? conditions.flatMap(({ permissions = [] }) => permissions) : []),
      ...(actsAs.length > 0 ? [ACT_AS] : []),
    ],
    serviceAgents: [
      ...(row.serviceAgents ?? []),
      ...conditions.flatMap(({ serviceAgents = [] }) => serviceAgents),
    ],
    actsAs,
  };
}

function keysIn(resources: readonly StackResource[]): ServiceAgentKey[] {
  const keys = resources.flatMap((resource) =>
    (googleTypeOf(resource)?.when ?? []).flatMap(({ attribute, keyUser: service }) =>
      service === undefined
        ? []
        : knownTexts(resource, attribute).map((keyName): ServiceAgentKey => ({ keyName, service })),
    ),
  );
  return grouped(keys, ({ keyName, service }) => `${keyName} ${service}`).flatMap(([, same]) =>
    same.slice(-1),
  );
}

const FULL_SUBNETWORK = /(projects\/[^/]+\/regions\/[^/]+\/subnetworks\/[^/]+)$/;

function subnetworksOf(resource: StackResource): string[] {
  return (googleTypeOf(resource)?.subnetworks ?? [])
    .flatMap((path) => knownTexts(resource, path))
    .flatMap((name) => FULL_SUBNETWORK.exec(name)?.[1] ?? []);
}

function knownTexts(resource: StackResource, path: string): string[] {
  return valuesAt(resource.values, path).flatMap((value) => knownText(resource, value) ?? []);
}

/** An account that only Terraform knows is printed as its expression. */
function accountOf(resource: StackResource, value: ModelValue): string {
  return knownText(resource, value) ?? templateText(value);
}

/** Arguments that begin with `projects/PROJECT/` if the resource has no argument for its project. */
const PARENTS = ['service_account_id', 'crypto_key_id', 'topic', 'network', 'name'];

function projectOf(resource: StackResource): string {
  const { values } = resource;
  const own = knownText(resource, values.project);
  if (own !== undefined) return own;
  for (const parent of PARENTS) {
    const [, project] = /^projects\/([^/]+)\//.exec(knownText(resource, values[parent]) ?? '') ?? [];
    if (project !== undefined && project !== '-') return project;
  }
  return knownText(resource, providerOf(resource).project) ?? UNKNOWN_PROJECT;
}

function distinct(agents: readonly GoogleServiceAgent[]): GoogleServiceAgent[] {
  return grouped(agents, ({ service, project }) => `${service} ${project}`).flatMap(([, same]) =>
    same.slice(-1),
  );
}
