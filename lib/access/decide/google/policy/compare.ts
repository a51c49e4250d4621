import { PREDEFINED_ROLES_DATE } from '../../../permissions/predefined-roles';
import { Doubts } from '../../doubts';
import { witnessSearches } from '../../policy-regions';
import { RegionSearch } from '../../regions';
import type { Relation } from '../../relation';
import { evaluatePolicy } from './evaluate';
import type { GoogleSigned } from './literals';
import { RegionReader } from './regions';
import type { GoogleRequest } from './request';
import { RequestSpace, type Proposal } from './request-space';
import type { GooglePolicy } from './statement';

/** Decides whether policy B allows every request that policy A allows. */
export function comparePolicies(a: GooglePolicy, b: GooglePolicy): Relation<GoogleRequest> {
  const reader = new RegionReader();
  const [regionsOfA, regionsOfB] = [reader.read(a), reader.read(b)];
  const regions = [regionsOfA, regionsOfB].flatMap(({ allow, deny }) => [...allow, ...deny]);
  const space = new RequestSpace(regions.flat());
  const search = new RegionSearch((signed: readonly GoogleSigned[]) => space.isPossible(signed));
  const doubts = new Doubts();
  for (const [region, excluded] of witnessSearches(regionsOfA, regionsOfB)) {
    for (const dimensions of search.outside(region, excluded)) {
      const proposals = space.propose(dimensions);
      const witness = proposals.find(({ request, uncertain, doubt }) => {
        const results = [a, b].map((policy) => evaluatePolicy(policy, request, uncertain));
        return results.join() === 'allowed,denied' && doubt === undefined;
      });
      if (witness) return { relation: 'broader', witness: witness.request };
      if (doubts.add(proposals[0] && reasonOf(proposals[0], [...a, ...b]))) return doubts.answer;
    }
  }
  return doubts.answer;
}

/** Reason why a request is not certainly a witness; undefined if nothing is uncertain. */
function reasonOf({ request, uncertain, doubt }: Proposal, statements: GooglePolicy): string | undefined {
  if (doubt !== undefined) return doubt;
  const [set] = uncertain;
  const { principal } = request;
  if (set !== undefined) {
    // A principal that no policy names represents all users of its domain.
    const isNamed = statements.some(({ principals, exceptions }) =>
      [...principals, ...exceptions].includes(principal),
    );
    const text = isNamed ? principal : `a user of ${principal.replace(/^.*@/, '')}`;
    return `Whether ${text} belongs to ${set} is not known.`;
  }
  const unknown = statements.flatMap(({ permissions }) =>
    permissions?.kind === 'role' && permissions.permissions === undefined ? [permissions.role] : [],
  );
  return unknown[0] && `The permissions of ${unknown[0]} are not in the table of ${PREDEFINED_ROLES_DATE}.`;
}
