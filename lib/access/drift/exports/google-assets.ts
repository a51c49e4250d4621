import { isObject } from '../../../core/is-object';
import { googleTarget } from './google-resource-names';
import { policyText } from './google-policy';
import { ExportError, kindOf, liveResource, textIn, type LiveExport, type Unread } from './live-export';

/**
 * The policies of all resources of a scope, as `gcloud asset search-all-iam-policies --format=json` prints them without
 * a query. https://cloud.google.com/asset-inventory/docs/reference/rest/v1/TopLevel/searchAllIamPolicies
 * @param file name of the file, for addresses and messages
 * @param document parsed JSON of the file
 * @throws ExportError if the document is not a list of search results
 */
export function googleAssetsExport(file: string, document: unknown): LiveExport {
  if (!Array.isArray(document) || !document.every((each) => isObject(each) && isObject(each.policy))) {
    throw new ExportError(
      `${file} must be a list of search results with a policy (got ${kindOf(document)}). Write it with "gcloud asset search-all-iam-policies --scope=SCOPE --format=json".`,
    );
  }
  const results = document as readonly Readonly<Record<string, unknown>>[];
  const projects = projectIds(results);
  const unread: Unread[] = [];
  const resources = results.flatMap((result, index) => {
    const name = textIn(result, 'resource');
    const target = googleTarget(name);
    if (target === undefined) {
      unread.push({ what: name || `result ${index}`, reason: 'The type of the resource is not compared.' });
      return [];
    }
    const project = target.project === undefined ? undefined : projects(target.project);
    return [
      liveResource(file, `google_${target.type}_iam_policy`, `${name}#${index}`, {
        [target.argument]: target.value,
        ...(project !== undefined && { project }),
        policy_data: policyText(result.policy as Readonly<Record<string, unknown>>, `${file}: ${name}`),
      }),
    ];
  });
  return { resources, covers: ['google:*', ...covered(results)], cloudMade: [], unread };
}

/** Projects with a policy in the results. */
function covered(results: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  return results.flatMap((result) => {
    const target = googleTarget(textIn(result, 'resource'));
    return target?.type === 'project' ? [`google:project:${target.value}`] : [];
  });
}

/** Full resource names of some services have the number of the project. The result of a project has both. */
function projectIds(results: readonly Readonly<Record<string, unknown>>[]) {
  const ids = new Map<string, string>();
  for (const result of results) {
    const target = googleTarget(textIn(result, 'resource'));
    const number = textIn(result, 'project').replace(/^projects\//, '');
    if (target?.type === 'project') ids.set(number, target.value);
  }
  return (project: string): string | undefined =>
    ids.get(project) ?? (/^\d+$/.test(project) ? undefined : project);
}
