import type { CheckedValue } from '../../checked-value';
import type { ResourceIndex } from '../../resource-index';
import { Subject } from '../../subject';
import { fail, pass, unknown, type Verdict } from '../../verdict';

/** Custom roles of projects with a permission. */
export interface CustomRoles {
  /** Ids of the roles, as grants name them. */
  readonly ids: ReadonlySet<string>;
  /** Whether only Terraform knows the id or a permission of a role. */
  readonly areOpen: boolean;
}

/** Custom roles of projects with a permission that passes the test. */
export function customRolesWith(index: ResourceIndex, test: (permission: string) => boolean): CustomRoles {
  const roles = index.ofType('google_project_iam_custom_role').map((each) => {
    const subject = new Subject(each, index);
    return {
      permissions: subject.value('permissions').elements,
      project: subject.value('project'),
      roleId: subject.value('role_id'),
    };
  });
  return {
    ids: new Set(
      roles
        .filter(({ permissions }) => permissions.some(({ text }) => test(text)))
        .map(({ project, roleId }) => `projects/${project.text}/roles/${roleId.text}`),
    ),
    areOpen: roles.some(({ permissions, project, roleId }) =>
      [...permissions, project, roleId].some((each) => each.isOpen),
    ),
  };
}

/** Passes if a role of a grant is one of the custom roles. */
export function isOneOf({ ids, areOpen }: CustomRoles, role: CheckedValue): Verdict {
  if (ids.has(role.text)) return pass;
  const isOther = role.text.startsWith('roles/') || (ids.size === 0 && !areOpen);
  if (isOther || (role.identity !== undefined && !areOpen)) return fail('The role is another one.');
  return unknown('The role, or a custom role, is known after apply.', role.property);
}
