import { Doubts } from '../doubts';
import { witnessSearches } from '../policy-regions';
import { RegionSearch } from '../regions';
import type { Relation } from '../relation';
import type { Statement } from './document';
import { evaluate } from './evaluate';
import { Literals, type AwsLiteral } from './literals';
import { contradiction } from './related-keys';
import type { AwsRequest } from './request';
import { isPossible } from './space';
import { policyRegions } from './statements';
import { propose, type WitnessContext } from './witness';

/** A policy, raw for the evaluation and read for the decision. */
export interface ReadDocument {
  readonly document: unknown;
  readonly statements: readonly Statement[];
}

/** Decides whether policy B allows every request that policy A allows. */
export function comparePolicies(a: ReadDocument, b: ReadDocument): Relation<AwsRequest> {
  const literals = new Literals();
  const [regionsOfA, regionsOfB] = [
    policyRegions(literals, a.statements),
    policyRegions(literals, b.statements),
  ];
  const multivalued = literals.multivaluedKeys;
  const context: WitnessContext = {
    statements: [...a.statements, ...b.statements],
    multivalued,
    predicates: (key) => literals.predicatesOf(key),
    variables: literals.variables,
  };
  const search = new RegionSearch<AwsLiteral>((signed) => isPossible(signed, multivalued));
  const doubts = new Doubts();
  for (const [region, excluded] of witnessSearches(regionsOfA, regionsOfB)) {
    for (const dimensions of search.outside(region, excluded)) {
      const { request, doubt } = propose(dimensions, context);
      const reason = contradiction(request);
      const isConfirmed =
        evaluate(a.document, request) === 'allowed' && evaluate(b.document, request) === 'denied';
      if (isConfirmed && reason === undefined) return { relation: 'broader', witness: request };
      if (doubts.add(reason ?? doubt)) return doubts.answer;
    }
  }
  return doubts.answer;
}
