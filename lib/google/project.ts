import { matching, optional, shape, type Rule } from '../core/rules';

/** A Google Cloud project. Both values are known before the first apply, so nothing has to be looked up. */
export interface GoogleProject {
  /** Project id: 6 to 30 lower-case letters, digits and hyphens, for example `my-project`. */
  readonly id: string;
  /**
   * Project number, for example `123456789012`. Names of workload identity principals hold it.
   * @default - unknown; constructs that need it reject the project
   */
  readonly number?: string;
}

/** https://cloud.google.com/resource-manager/docs/creating-managing-projects */
export const projectId: Rule = matching(
  /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
  'be a project id: 6 to 30 lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen',
  (value) => (/^\d+$/.test(value) ? 'This is a project number; set the project id.' : undefined),
);

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
