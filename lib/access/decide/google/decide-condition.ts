import { LiteralTable } from '../literal-table';
import { Doubts } from '../doubts';
import { RegionSearch } from '../regions';
import type { Relation } from '../relation';
import { evaluateCel } from './cel/evaluate';
import { alternativesOf } from './cel/formula';
import type { CelLiteral } from './cel/literals';
import { propose } from './cel/propose';
import { readCondition } from './cel/read-condition';
import type { CelRequest } from './cel/request';
import { isPossible } from './cel/space';

/**
 * Decides whether condition B is true for every request for which condition A is true. A condition with an error does
 * not grant access: https://cloud.google.com/iam/docs/conditions-attribute-reference
 */
export function decideCondition(a: unknown, b: unknown): Relation<CelRequest> {
  const [first, second] = [readCondition(a, 'Document A'), readCondition(b, 'Document B')];
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
