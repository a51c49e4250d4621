import type { ModelResourceProvider } from '../model/model';

/** Lowest major version of a provider that its constraint allows; `undefined` if the constraint does not state one. */
export function majorOf({ version, versionConstraint }: ModelResourceProvider): number | undefined {
  const [, major] = /^\s*(?:=|~>|>=)?\s*v?(\d+)/.exec(version ?? versionConstraint ?? '') ?? [];
  return major === undefined ? undefined : Number(major);
}
