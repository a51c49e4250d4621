import type * as Beta from '@cdktf/provider-google-beta/lib/google-project-service-identity';
import { DataGoogleStorageProjectServiceAccount } from '@cdktf/provider-google/lib/data-google-storage-project-service-account';
import { ProjectIamMember } from '@cdktf/provider-google/lib/project-iam-member';
import type { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { addMetadataComment } from '../../core/justification';
import type { AwaitedResource } from '../../core/ordering';
import { CREATE_BEFORE_DESTROY } from '../../core/replacement';
import { serviceAgentOf } from '../../deploying/google-service-agents';
import type { GoogleProject } from '../../google/project';

const PACKAGE = '@cdktf/provider-google-beta';

/** Loaded on use: the package is an optional peer. */
function load(): typeof Beta {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an optional peer
    return require(`${PACKAGE}/lib/google-project-service-identity`) as typeof Beta;
  } catch (cause) {
    throw new Error(
      `The creation of service agents needs ${PACKAGE}, which is not installed: npm install ${PACKAGE}`,
      { cause },
    );
  }
}

/** Options of the agents of one project. */
export interface ServiceAgentOptions {
  readonly project: GoogleProject;
  readonly googleProvider?: TerraformProvider;
  readonly googleBetaProvider?: TerraformProvider;
}

/** Whether a request of `google_project_service_identity` creates the agent. */
export function needsIdentity(service: string): boolean {
  return serviceAgentOf(service).createdBy === 'identity';
}

/** Name of an API as a part of construct ids. */
export function shortService(service: string): string {
  return service.replace('.googleapis.com', '');
}

/** IAM member of the agent of an API. The project has a number if the rules report nothing. */
export function agentMember(service: string, { number }: GoogleProject): string {
  return `serviceAccount:service-${number}@${serviceAgentOf(service).domain}.iam.gserviceaccount.com`;
}

/**
 * Creates the agent of an API, with the role on its project that Google grants to agents that a service creates.
 * @param api resource that enables the API
 * @returns resources that a role of the agent must wait for
 */
export function addServiceAgent(
  scope: Construct,
  service: string,
  api: AwaitedResource,
  options: ServiceAgentOptions,
): AwaitedResource[] {
  const { project, googleProvider } = options;
  const exists = [api, ...createdAgent(scope, service, api, options)];
  const { role } = serviceAgentOf(service);
  if (role === undefined) return exists;
  const member = new ProjectIamMember(scope, `role-of-${shortService(service)}`, {
    project: project.id,
    role,
    member: agentMember(service, project),
    dependsOn: exists,
    lifecycle: CREATE_BEFORE_DESTROY,
    provider: googleProvider,
  });
  addMetadataComment(member, { reason: `${service} works in the project` });
  return exists;
}

function createdAgent(
  scope: Construct,
  service: string,
  api: AwaitedResource,
  { project, googleProvider, googleBetaProvider }: ServiceAgentOptions,
): AwaitedResource[] {
  const id = `agent-of-${shortService(service)}`;
  if (serviceAgentOf(service).createdBy === 'storage') {
    return [
      new DataGoogleStorageProjectServiceAccount(scope, id, {
        project: project.id,
        dependsOn: [api],
        provider: googleProvider,
      }),
    ];
  }
  if (!needsIdentity(service) || googleBetaProvider === undefined) return [];
  const { GoogleProjectServiceIdentity } = load();
  return [
    new GoogleProjectServiceIdentity(scope, id, {
      project: project.id,
      service,
      dependsOn: [api],
      provider: googleBetaProvider,
    }),
  ];
}
