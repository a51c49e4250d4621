import { TerraformStack, type TerraformProvider, type TerraformResource } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { ValidationProblem } from '../core/errors';
import { shareProvider } from '../core/shared-provider';
import { idPartOf, identityOf } from '../core/names';
import { oncePer } from '../core/registry';
import type { GoogleProject } from '../google/project';
import { GoogleServiceAccount } from '../identity/google/google-service-account';
import type { GoogleGrants } from '../identity/google/grants';
import type { RepositoryReference } from '../identity/google/references';
import { sharedScope } from './shared-roles';

/*
 * Service agents of Vertex AI. They fetch images and templates; the account of a job never does: "you can't configure
 * a custom service account to pull images from Artifact Registry".
 * https://cloud.google.com/vertex-ai/docs/general/custom-service-account#configure
 */

const AGENTS = {
  /** Pulls the images of jobs. */
  images: {
    domain: 'gcp-sa-aiplatform',
    reason: 'Vertex AI pulls the images of jobs',
  },
  /** Resolves the tag of a pipeline template (googleapis/python-aiplatform#2398). */
  templates: {
    domain: 'gcp-sa-aiplatform-cc',
    reason: 'Vertex AI reads the templates of pipelines',
  },
} as const;

/** Kind of object that an agent fetches. */
export type Fetched = keyof typeof AGENTS;

/** Returns the e-mail address of the agent of a project. */
export function agentEmail(fetched: Fetched, projectNumber: string): string {
  return `service-${projectNumber}@${AGENTS[fetched].domain}.iam.gserviceaccount.com`;
}

/** Whether the agents of a project need a role there: they have access to all repositories of that project. */
function isForeign(project: GoogleProject, repository: RepositoryReference): boolean {
  return repository.project !== undefined && repository.project !== project.id;
}

/** Validates that the agents of a project can be named where they need a role. */
export function agentProblems(
  project: GoogleProject,
  repositories: readonly RepositoryReference[],
): ValidationProblem[] {
  const foreign = repositories.find((repository) => isForeign(project, repository));
  if (foreign === undefined || project.number !== undefined) return [];
  return [
    {
      property: 'project.number',
      value: undefined,
      rule: `be set for a repository of another project (${foreign.project}), because the service agent of Vertex AI reads it`,
      fix: 'Set project to { id, number }.',
    },
  ];
}

/**
 * Allows the agent of a project to read repositories of other projects: one member per stack, agent and repository, for
 * all jobs of the stack. The project has a number if `agentProblems` reports nothing.
 */
export function allowAgentToRead(
  scope: IConstruct,
  project: GoogleProject,
  fetched: Fetched,
  repositories: readonly RepositoryReference[],
  googleProvider?: TerraformProvider,
): TerraformResource[] {
  const stack = TerraformStack.of(scope);
  const { number } = project;
  if (number === undefined) return [];
  return repositories
    .filter((repository) => isForeign(project, repository))
    .flatMap((repository) => {
      const { project: owner, location, repositoryId } = repository;
      const key = identityOf(stack, [number, fetched, owner, location, repositoryId]);
      const readers = oncePer(stack, `agent ${key}`, () => {
        const repository = { project: owner, location, repositoryId };
        const made = agentGrants(stack, fetched, number).repositoryReader(repository, {});
        for (const each of made) each.provider = googleProvider;
        return made;
      });
      for (const each of readers) shareProvider(each, googleProvider);
      return readers;
    });
}

function agentGrants(stack: TerraformStack, fetched: Fetched, number: string): GoogleGrants {
  const known = idPartOf(stack, number);
  return oncePer(stack, `agent ${fetched} ${known}`, () => {
    const { reason } = AGENTS[fetched];
    const email = agentEmail(fetched, number);
    const id = `agent-for-${fetched}-${known}`;
    return GoogleServiceAccount.fromEmail(sharedScope(stack), id, email, { reason });
  }).grants;
}
