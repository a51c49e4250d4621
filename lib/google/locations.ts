import { toName } from '../core/remedies';
import { shortName } from '../core/short-name';
import { matching, type Rule } from '../core/rules';

/** https://cloud.google.com/compute/docs/naming-resources */
const COMPUTE_NAME = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

export const computeName: Rule = matching(
  COMPUTE_NAME,
  'have 1 to 63 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen',
  (value) => toName(value, COMPUTE_NAME),
);

/** Name of a cluster or a node pool. */
export const clusterName: Rule = shortName;

/** https://cloud.google.com/compute/docs/regions-zones */
export const region: Rule = matching(
  /^[a-z]+-[a-z]+\d{1,2}$/,
  'be a region, for example "us-central1"',
  useRegionOf,
);

/**
 * A zone: a letter after the region, or `ai1a` for an AI zone.
 * https://cloud.google.com/compute/docs/regions-zones/ai-zones
 */
const ZONE = /^([a-z]+-[a-z]+\d{1,2})-([a-z]|ai\d+[a-z])$/;

/** Returns the region of a zone; undefined for a region or a token. */
export function regionOfZone(value: string): string | undefined {
  return ZONE.exec(value)?.[1];
}

/** Returns the remedy for a zone that is given as a region. */
export function useRegionOf(value: string): string | undefined {
  const found = regionOfZone(value);
  return found === undefined ? undefined : `Use "${found}".`;
}

export const zone: Rule = matching(ZONE, 'be a zone, for example "us-central1-a"');

export const location: Rule = matching(
  /^[a-z]+-[a-z]+\d{1,2}(-([a-z]|ai\d+[a-z]))?$/,
  'be a region, for example "us-central1", or a zone, for example "us-central1-a"',
);

/** Label of a Google Cloud resource. https://cloud.google.com/resource-manager/docs/labels-overview */
export const resourceLabelKey: Rule = matching(
  /^[a-z][-a-z0-9_]{0,62}$/,
  'be a label key: 1 to 63 lower-case letters, digits, "-" and "_", starting with a letter',
);

export const resourceLabelValue: Rule = matching(
  /^[-a-z0-9_]{0,63}$/,
  'be a label value: at most 63 lower-case letters, digits, "-" and "_"',
);
