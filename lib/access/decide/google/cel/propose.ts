import type { CelSigned } from './literals';
import type { CelRequest } from './request';
import { findAttribute } from './space';

/** A request that may be a witness. */
export interface CelProposal {
  readonly request: CelRequest;
  /** Reason why the result of a condition is uncertain for the request. */
  readonly doubt: string | undefined;
}

const SERVICE = 'resource.service';
const TYPE = 'resource.type';

/** A value for an attribute that may have any value, so that the witness is complete. */
function anyValue(attribute: string, given: Readonly<Record<string, string>>): string {
  switch (attribute) {
    case 'request.time':
      return '2026-01-01T00:00:00.000Z';
    case TYPE:
      return `${given[SERVICE] ?? 'x'}/x`;
    case SERVICE:
      return given[TYPE]?.split('/')[0] ?? 'x';
    default:
      return 'x';
  }
}

/** A request that satisfies the literals of all dimensions, with a value for each of the attributes. */
export function propose(
  dimensions: readonly (readonly CelSigned[])[],
  allAttributes: readonly string[],
): CelProposal {
  const attributes: Record<string, string> = {};
  const absent: string[] = [];
  const doubts: string[] = [];
  const nameOf = (signed: readonly CelSigned[]): string => signed[0]?.literal.dimension ?? '';
  for (const signed of [...dimensions].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))) {
    const name = nameOf(signed);
    const service = attributes[SERVICE];
    const found = findAttribute(signed, name === TYPE && service !== undefined ? `${service}/` : undefined);
    if (found.doubt !== undefined) doubts.push(found.doubt);
    else if (found.value === undefined) absent.push(name);
    else attributes[name] = found.value;
  }
  for (const name of allAttributes) {
    if (!dimensions.some((signed) => nameOf(signed) === name)) attributes[name] = anyValue(name, attributes);
  }
  const [service, type] = [attributes[SERVICE], attributes[TYPE]];
  // The service is the first part of a type: "storage.googleapis.com/Bucket".
  if (service !== undefined && type !== undefined && !type.startsWith(`${service}/`)) {
    doubts.push('The answer depends on a resource.type of another resource.service.');
  }
  return { request: { attributes, absent }, doubt: doubts[0] };
}
