import { matching, type Rule } from '../core/rules';
import type { RepositoryReference } from '../identity/google/references';

// A project of a domain has two segments: example.com/my-project.
const TEMPLATE =
  /^https:\/\/([a-z0-9-]+)-kfp\.pkg\.dev\/((?:[a-z0-9.-]+\/)?[a-z][a-z0-9-]+)\/([a-z][a-z0-9-]*)\/([\w.-]+)\/([\w.:-]+)$/;

/**
 * A compiled pipeline in Artifact Registry. The API accepts no other address: a client library downloads `gs://` files
 * itself and sends their content (issuetracker.google.com/issues/254581949).
 * https://cloud.google.com/vertex-ai/docs/reference/rest/v1/projects.locations.pipelineJobs
 */
export const pipelineTemplateUri: Rule = matching(
  TEMPLATE,
  'be a template in Artifact Registry, https://REGION-kfp.pkg.dev/PROJECT/REPOSITORY/NAME/TAG, or sha256:DIGEST in place of the tag',
  (value) => (value.startsWith('gs://') ? 'Upload the file to a repository of the format KFP.' : undefined),
);

/** Returns the repository of a template; undefined for a token. */
export function repositoryOf(templateUri: string): RepositoryReference | undefined {
  const parts = TEMPLATE.exec(templateUri);
  if (!parts) return undefined;
  const [, location, project, repositoryId] = parts;
  return location === undefined || project === undefined || repositoryId === undefined
    ? undefined
    : { location, project: project.replace('/', ':'), repositoryId };
}
