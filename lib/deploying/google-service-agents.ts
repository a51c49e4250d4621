import type { GoogleServiceAgent } from './google-access';

/** Service agent of an API in a project. https://cloud.google.com/iam/docs/service-agents */
export interface ServiceAgentFacts {
  /** Part of the e-mail address between `service-NUMBER@` and `.iam.gserviceaccount.com`. */
  readonly domain: string;
  /**
   * Role on the project of the agent. Google grants it when the service creates the agent, but not when
   * `google_project_service_identity` or `gcloud` does (terraform-google-project-factory#450).
   */
  readonly role?: string;
  /**
   * Request that creates the agent before the first use of the service:
   *
   * - `api`: the API is enabled. A request for the agent fails (terraform-google-project-factory#628).
   * - `storage`: the agent is read (terraform-google-project-factory#803).
   * - `identity`: `google_project_service_identity` or `gcloud beta services identity create`.
   */
  readonly createdBy: 'api' | 'storage' | 'identity';
}

const AGENTS: Readonly<Record<string, ServiceAgentFacts>> = {
  compute: { domain: 'compute-system', role: 'roles/compute.serviceAgent', createdBy: 'api' },
  container: {
    domain: 'container-engine-robot',
    role: 'roles/container.serviceAgent',
    createdBy: 'identity',
  },
  storage: { domain: 'gs-project-accounts', createdBy: 'storage' },
  ...Object.fromEntries(
    ['aiplatform', 'eventarc', 'pubsub', 'workflows'].map((name) => [
      name,
      { domain: `gcp-sa-${name}`, role: `roles/${name}.serviceAgent`, createdBy: 'identity' },
    ]),
  ),
};

/** Domains of other agents that are not named like their API. */
const OTHER_DOMAINS: Readonly<Record<string, string>> = {
  'gcp-sa-aiplatform-cc': 'aiplatform',
  'gcp-sa-cloud-trace': 'cloudtrace',
};

const suffix = '.googleapis.com';

/** Facts about the agent of an API, for example `pubsub.googleapis.com`. */
export function serviceAgentOf(service: string): ServiceAgentFacts {
  const name = service.replace(suffix, '');
  return AGENTS[name] ?? { domain: `gcp-sa-${name}`, createdBy: 'identity' };
}

/** The service agent that an IAM member names. The Google APIs agent is not listed, because each project has it. */
export function agentsIn(member: unknown): GoogleServiceAgent[] {
  const [, project, domain] =
    /^serviceAccount:service-(\d+)@([a-z0-9-]+)\.iam\.gserviceaccount\.com$/.exec(
      typeof member === 'string' ? member : '',
    ) ?? [];
  if (project === undefined || domain === undefined) return [];
  const [named] = Object.entries(AGENTS).find(([, agent]) => agent.domain === domain) ?? [];
  const service =
    named ??
    OTHER_DOMAINS[domain] ??
    (domain.startsWith('gcp-sa-') ? domain.slice('gcp-sa-'.length) : undefined);
  return service === undefined ? [] : [{ service: `${service}${suffix}`, project }];
}
