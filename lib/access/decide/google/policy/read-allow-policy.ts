import { readCondition } from '../cel/read-condition';
import { conditionField, readFields, readList, readMembers } from './fields';
import { readRoleName, readRoles } from './roles';
import type { GooglePolicy } from './statement';

/** https://cloud.google.com/iam/reference/rest/v1/Policy */
const POLICY = ['bindings', 'roles', 'auditConfigs', 'etag', 'version'];
const BINDING = ['role', 'members', 'condition', 'bindingId'];

/** Reads an allow policy, as `gcloud projects get-iam-policy --format=json` prints it, with custom roles in `roles`. */
export function readAllowPolicy(document: unknown, path: string): GooglePolicy {
  const { bindings, roles } = readFields(document, POLICY, path);
  const permissionsOf = readRoles(roles, `${path}: roles`);
  return readList(bindings, `${path}: bindings`).map((each, index) => {
    const where = `${path}: bindings[${index}]`;
    const { role, members, condition } = readFields(each, BINDING, where);
    const name = readRoleName(role, `${where}.role`);
    return {
      effect: 'allow',
      principals: readMembers(members, `${where}.members`),
      exceptions: [],
      permissions: { kind: 'role', role: name, permissions: permissionsOf(name) },
      condition: readCondition(conditionField(condition), `${where}.condition`),
    };
  });
}

/** Reads a list of members of one role. */
export function readMemberList(document: unknown, path: string): GooglePolicy {
  const members = typeof document === 'string' ? [document] : document;
  return [
    {
      effect: 'allow',
      principals: readMembers(members, path),
      exceptions: [],
      condition: { kind: 'boolean', value: true },
    },
  ];
}
