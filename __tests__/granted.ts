import type { Configuration, Json } from './synth';

const blocks = ({ resource = {} }: Configuration, type: RegExp): Json[] =>
  Object.entries(resource)
    .filter(([name]) => type.test(name))
    .flatMap(([, ofType]) => Object.values(ofType));

const sorted = (values: readonly unknown[]) => [...new Set(values.map(String))].sort();

/** Every permission of the custom roles of a stack, once and sorted. */
export function permissions(configuration: Configuration): string[] {
  const roles = blocks(configuration, /_custom_role$/);
  return sorted(roles.flatMap((role) => role.permissions as unknown as string[]));
}

/** Every role of Google's that a stack grants to someone, once and sorted. */
export function predefinedRoles(configuration: Configuration): string[] {
  const roles = blocks(configuration, /_iam_(member|binding|policy)$/).map(({ role }) => String(role));
  return sorted(roles.filter((role) => role.startsWith('roles/')));
}

/** Roles and permissions that nobody should have: everything, whole services, and what gives itself more. */
export function tooWide(configuration: Configuration): string[] {
  const wide =
    /\*|setIamPolicy|^roles\/(owner|editor|viewer)$|^roles\/aiplatform\.|[aA]dmin$|serviceAgent$|TokenCreator$/;
  return [...permissions(configuration), ...predefinedRoles(configuration)].filter((each) => wide.test(each));
}
