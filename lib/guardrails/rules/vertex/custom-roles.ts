import type { ResourceIndex } from '../../resource-index';
import { Subject } from '../../subject';

/** Ids of the custom roles of projects with a permission that passes the test, as grants name them. */
export function customRolesWith(
  index: ResourceIndex,
  test: (permission: string) => boolean,
): ReadonlySet<string> {
  return new Set(
    index
      .ofType('google_project_iam_custom_role')
      .map((each) => new Subject(each, index))
      .filter((role) => role.value('permissions').elements.some(({ text }) => test(text)))
      .map((role) => `projects/${role.value('project').text}/roles/${role.value('role_id').text}`),
  );
}
