import type { ModelResource } from '../../model/model';
import { masked } from '../masked';
import type { AccessChange, AccessVerdict } from '../review';
import type { Reached } from './reach';

/** Access on one side of a change that the other side does not have. */
export interface Side {
  /** Access for which a request shows it, as sentences. */
  readonly certain: readonly string[];
  /** Access that could not be decided, as sentences. */
  readonly unknown: readonly string[];
}

/** Longest sentence about access: names of federated members have 200 characters. */
const LONGEST_DETAIL = 600;

/** Parts of a change of access. */
export interface ChangeParts {
  readonly subject: string;
  readonly gained: Side;
  readonly lost: Side;
  readonly resources: readonly ModelResource[];
  /** Access after the plan. */
  readonly reached: Reached;
  /**
   * Node ids of the identities that gain access.
   * @default - the identities of the resources
   */
  readonly identities?: readonly string[];
}

/** The change with its verdict; `undefined` if nothing was gained or lost. */
export function changeOf(parts: ChangeParts): AccessChange | undefined {
  const { subject, gained, lost, resources, reached } = parts;
  const verdict = verdictOf(gained, lost);
  if (verdict === undefined) return undefined;
  const addresses = [...new Set(resources.map(({ stack, address }) => `${stack}: ${address}`))].sort();
  const identities = parts.identities ?? reached.identitiesOf(addresses);
  const reach = verdict === 'narrowed' ? undefined : reached.of(identities, addresses);
  const explained = resources.find(({ facts }) => facts.reason !== undefined)?.facts;
  const { reason, owner, ticket } = explained ?? {};
  return {
    verdict,
    subject: masked(subject),
    details: [...new Set([...gained.certain, ...gained.unknown, ...lost.certain, ...lost.unknown])].map(
      (each) => masked(each, LONGEST_DETAIL),
    ),
    addresses,
    ...(reach !== undefined && { reach }),
    ...(reason !== undefined && { reason }),
    ...(owner !== undefined && { owner }),
    ...(ticket !== undefined && { ticket }),
  };
}

/** Unknown gains count before certain losses, because a gate must not pass what it does not understand. */
function verdictOf(gained: Side, lost: Side): AccessVerdict | undefined {
  const gains = gained.certain.length > 0;
  const loses = lost.certain.length > 0;
  if (gains) return loses ? 'mixed' : 'broadened';
  if (gained.unknown.length > 0) return 'unknown';
  if (loses) return 'narrowed';
  return lost.unknown.length > 0 ? 'unknown' : undefined;
}
