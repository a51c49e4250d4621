import type { GoogleServiceAgent } from './google-access';

/** Domains of agents that are not named like their API. https://cloud.google.com/iam/docs/service-agents */
const DOMAINS: Readonly<Record<string, string>> = {
  'compute-system': 'compute',
  'container-engine-robot': 'container',
  'gcp-sa-aiplatform-cc': 'aiplatform',
  'gcp-sa-cloud-trace': 'cloudtrace',
  'gs-project-accounts': 'storage',
};

/** The service agent that an IAM member names. The Google APIs agent is not listed, because each project has it. */
export function agentsIn(member: unknown): GoogleServiceAgent[] {
  const [, project, domain] =
    /^serviceAccount:service-(\d+)@([a-z0-9-]+)\.iam\.gserviceaccount\.com$/.exec(
      typeof member === 'string' ? member : '',
    ) ?? [];
  if (project === undefined || domain === undefined) return [];
  const service =
    DOMAINS[domain] ?? (domain.startsWith('gcp-sa-') ? domain.slice('gcp-sa-'.length) : undefined);
  return service === undefined ? [] : [{ service: `${service}.googleapis.com`, project }];
}
