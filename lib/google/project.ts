import { matching, optional, shape, type Rule } from '../core/rules';

/** A Google Cloud project. Both values are known before the first apply, so nothing has to be looked up. */
export interface GoogleProject {
  /**
   * Project id: 6 to 30 lower-case letters, digits and hyphens, for example `my-project`; after the domain and a colon
   * for a project of a domain, for example `example.com:my-project`.
   */
  readonly id: string;
  /**
   * Project number, for example `123456789012`. Names of workload identity principals hold it.
   * @default - unknown; constructs that need it reject the project
   */
  readonly number?: string;
}

/** https://cloud.google.com/resource-manager/docs/creating-managing-projects */
export const projectId: Rule = matching(
  /^([a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
  'be a project id: 6 to 30 lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen',
  (value) => (/^\d+$/.test(value) ? 'This is a project number; set the project id.' : undefined),
);

/**
 * Returns the project as a part of DNS names: a project of a domain turns the two around, so that
 * `example.com:my-project` becomes `my-project.example.com`.
 * https://cloud.google.com/iam/docs/service-account-types#user-managed
 */
export function projectDomain(id: string): string {
  const [domain, name] = id.split(':');
  return name === undefined || domain === undefined ? id : `${name}.${domain}`;
}

/** Returns the project of a name that `projectDomain` returned. */
export function projectOfDomain(name: string): string {
  const at = name.indexOf('.');
  return at < 0 ? name : `${name.slice(at + 1)}:${name.slice(0, at)}`;
}

export const projectNumber: Rule = matching(/^[1-9]\d{0,19}$/, 'be a project number, as a string of digits');

/**
 * The number of a project whose rules demand one.
 *
 * @throws Error if the project has no number: the rules of the construct must reject such a project
 */
export function numberOf({ id, number }: GoogleProject): string {
  if (number === undefined) throw new Error(`Project "${id}" has no number.`);
  return number;
}

export const project: Rule = shape<GoogleProject>({ id: projectId, number: optional(projectNumber) });
