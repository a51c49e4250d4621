import { LiteralTable } from '../literal-table';
import { Doubts } from '../doubts';
import { RegionSearch } from '../regions';
import { Undecided, type Relation } from '../relation';
import { evaluateCel } from './cel/evaluate';
import type { Expression } from './cel/expression';
import { alternativesOf } from './cel/formula';
import type { CelLiteral, CelSigned } from './cel/literals';
import { parseCondition } from './cel/parse';
import type { CelRequest } from './cel/request';
import { findAttribute, isPossible } from './cel/space';

/** Reads a CEL text, or an object with `expression`. No condition is always true. */
function read(document: unknown, path: string): Expression {
  const isObject = typeof document === 'object' && document !== null && 'expression' in document;
  const source = isObject ? document.expression : document;
  if (source === undefined || source === null || source === '') return { kind: 'boolean', value: true };
  if (typeof source !== 'string')
    throw new Undecided(`${path} must be a CEL text or an object with expression.`);
  return parseCondition(source);
}

interface Proposal {
  readonly request: CelRequest;
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
function propose(dimensions: readonly (readonly CelSigned[])[], allAttributes: readonly string[]): Proposal {
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

/**
 * Decides whether condition B is true for every request for which condition A is true. A condition with an error does
 * not grant access: https://cloud.google.com/iam/docs/conditions-attribute-reference
 */
export function decideCondition(a: unknown, b: unknown): Relation<CelRequest> {
  const [first, second] = [read(a, 'Document A'), read(b, 'Document B')];
  const table = new LiteralTable<CelLiteral>();
  const [allowed, excluded] = [alternativesOf(table, first, true), alternativesOf(table, second, true)];
  const literals = [...allowed, ...excluded].flat().map(({ literal }) => literal);
  const attributes = literals.flatMap(({ kind, dimension }) => (kind === 'opaque' ? [] : [dimension]));
  const allAttributes = [...new Set(attributes)].sort();
  const search = new RegionSearch<CelLiteral>(isPossible);
  const doubts = new Doubts();
  for (const region of allowed) {
    for (const dimensions of search.outside(region, excluded)) {
      const { request, doubt } = propose(dimensions, allAttributes);
      const resultsOfA = evaluateCel(first, request);
      const isConfirmed =
        resultsOfA.size === 1 && resultsOfA.has('true') && !evaluateCel(second, request).has('true');
      if (isConfirmed && doubt === undefined) return { relation: 'broader', witness: request };
      if (doubts.add(doubt)) return doubts.answer;
    }
  }
  return doubts.answer;
}
