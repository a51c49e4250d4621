import { matching, type Rule } from './rules';

/** A name that others are made of: room is left for a suffix. */
export const shortName: Rule = matching(
  /^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/,
  'have 1 to 40 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen',
);
