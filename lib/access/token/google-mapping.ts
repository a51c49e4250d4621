import { Undecided } from '../decide/relation';
import { CelError, isCelList, textOfCel, type CelValue } from './cel-types';
import { celValue } from './cel-value';
import type { TokenClaims } from './claims';
import type { TokenStep } from './explanation';

/** Attributes that a provider maps from a token, and the result of each mapping. */
export interface MappedToken {
  /** Values by attribute: `google.subject`, `google.groups`, `attribute.NAME`. */
  readonly attributes: Readonly<Record<string, string | readonly string[]>>;
  readonly steps: readonly TokenStep[];
}

/** https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers */
const MAX_SUBJECT_BYTES = 127;

/** Maps the claims of a token. `mapping` has a CEL expression for each attribute; `undefined` is known after apply. */
export function mapToken(
  mapping: Readonly<Record<string, string | undefined>>,
  claims: TokenClaims,
): MappedToken {
  const attributes: Record<string, string | readonly string[]> = {};
  const steps = Object.entries(mapping).map(([attribute, source]): TokenStep => {
    const result = source === undefined ? undefined : mapped(attribute, source, claims);
    if (result?.value !== undefined) attributes[attribute] = result.value;
    return (
      result?.step ?? { stage: 'mapping', result: 'unknown', text: `${attribute} is known after apply.` }
    );
  });
  if (!Object.hasOwn(mapping, 'google.subject')) {
    steps.unshift({
      stage: 'mapping',
      result: 'rejects',
      text: 'google.subject has no mapping.',
      remedy: 'Map google.subject, for example from assertion.sub.',
    });
  }
  return { attributes, steps };
}

function mapped(
  attribute: string,
  source: string,
  claims: TokenClaims,
): { readonly value?: string | readonly string[]; readonly step: TokenStep } {
  const rejects = (text: string, remedy?: string) => ({
    step: { stage: 'mapping', result: 'rejects', text, ...(remedy && { remedy }) } as const,
  });
  try {
    const value = celValue(source, { assertion: claims });
    if (!isAttributeValue(attribute, value)) {
      const wanted = attribute === 'google.groups' ? 'a list of texts' : 'a text';
      return rejects(
        `${attribute} must be ${wanted} (got ${textOfCel(value)} from ${source}).`,
        `Map ${attribute} to ${wanted}, for example with string(…).`,
      );
    }
    const size = typeof value === 'string' ? Buffer.byteLength(value) : 0;
    if (attribute === 'google.subject' && (size === 0 || size > MAX_SUBJECT_BYTES)) {
      return rejects(
        `google.subject must have 1 to ${MAX_SUBJECT_BYTES} bytes (got ${size}: ${textOfCel(value)}).`,
        'Map a shorter part of the claim.',
      );
    }
    const text = `${attribute} is ${textOfCel(value)}, from ${source}.`;
    return { value, step: { stage: 'mapping', result: 'accepts', text } };
  } catch (error) {
    if (error instanceof CelError) {
      return rejects(
        `The mapping of ${attribute} has an error for this token: ${error.message} (in ${source}).`,
      );
    }
    if (error instanceof Undecided) {
      return { step: { stage: 'mapping', result: 'unknown', text: `${attribute}: ${error.message}` } };
    }
    throw error;
  }
}

function isAttributeValue(attribute: string, value: CelValue): value is string | readonly string[] {
  if (attribute !== 'google.groups') return typeof value === 'string';
  return isCelList(value) && value.every((each) => typeof each === 'string');
}
