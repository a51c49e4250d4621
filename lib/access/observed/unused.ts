import type { AccessEdge } from '../graph/edge';
import type { AccessGraph } from '../graph/graph';
import { permits } from '../questions/match';
import type { UnjudgedGrant, UnusedGrant } from './access-observed';
import type { LoggedAccess } from './logged-access';
import { missingLog } from './missing-log';

/** Grants whose permissions no call used, and grants whose use the logs cannot show. */
export function judgeUse(
  { edges }: AccessGraph,
  accesses: readonly LoggedAccess[],
  used: ReadonlyMap<string, ReadonlySet<string>>,
): { readonly unused: readonly UnusedGrant[]; readonly unjudged: readonly UnjudgedGrant[] } {
  const sources = new Set(accesses.flatMap(({ log, source }) => [log, `${log} ${source}`]));
  const unused: UnusedGrant[] = [];
  const unjudged: UnjudgedGrant[] = [];
  for (const edge of edges) {
    if (edge.effect !== 'allow' || (edge.kind !== 'grants' && edge.kind !== 'assumes')) continue;
    const calls = [...(used.get(edge.id) ?? [])];
    if (edge.permissions.length === 0 && calls.length > 0) continue;
    const without =
      edge.permissions.length === 0
        ? [edge.role ?? edge.kind]
        : edge.permissions.filter((each) => !calls.some((call) => permits(each, call)));
    const gaps = new Map(without.map((each) => [each, missingLog(edge, each, sources)]));
    const judged = without.filter((each) => gaps.get(each) === undefined);
    if (judged.length > 0) unused.push({ edge, permissions: judged, change: changeOf(edge, judged) });
    for (const reason of new Set([...gaps.values()].filter((each) => each !== undefined)))
      unjudged.push({ edge, reason });
  }
  return { unused, unjudged };
}

/** Change that removes permissions from the resources that state a grant. */
function changeOf({ permissions, role, sources }: AccessEdge, unused: readonly string[]): string {
  const places = sources
    .map(({ address, path, constructPath, stack }) => {
      const place = [address, ...(path === undefined ? [] : [path])].join(' ');
      return constructPath === undefined
        ? `${place} of stack ${stack}`
        : `${place} of construct ${constructPath}`;
    })
    .join(' and ');
  const isWhole = unused.length >= permissions.length;
  if (isWhole) return `Remove ${role === undefined ? 'the grant' : `the grant of ${role}`} in ${places}.`;
  return `Remove ${unused.join(', ')} from ${role ?? 'the statement'} in ${places}.`;
}
