import { toName } from './remedies';
import { matching, type Rule } from './rules';

const SHORT_NAME = /^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/;

/** A name that others are made of: room is left for a suffix. */
export const shortName: Rule = matching(
  SHORT_NAME,
  'have 1 to 40 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen',
  (value) => toName(value, SHORT_NAME),
);
