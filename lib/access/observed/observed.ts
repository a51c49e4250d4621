import { compareText } from '../../core/text/compare-text';
import type { AccessEdge } from '../graph/edge';
import type { AccessGraph } from '../graph/graph';
import type { AccessObserved, ObservedAccess } from './access-observed';
import { Explainer } from './explain';
import type { LoggedAccess } from './logged-access';
import { judgeUse } from './unused';

type Group = 'explained' | 'unexplained' | 'denied' | 'system';

/** Permissions that calls used, by the id of the edge. */
export type Used = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Maps each call of logs to one path of a manifest, and lists the grants that no call used.
 *
 * @param manifest declared access, of `accessGraph` or `readManifest`
 * @param accesses calls of all logs
 */
export function accessObserved(manifest: AccessGraph, accesses: readonly LoggedAccess[]): AccessObserved {
  const explainer = new Explainer(manifest);
  const groups = new Map<string, { group: Group; access: ObservedAccess }>();
  const used = new Map<string, Set<string>>();
  for (const access of accesses) {
    const key = keyOf(access);
    const known = groups.get(key);
    if (known) {
      known.access = withCall(known.access, access);
      continue;
    }
    const explanation = access.isAllowed ? explainer.explain(access) : undefined;
    for (const edge of explanation?.used ?? []) note(used, edge, access.permission);
    groups.set(key, {
      group: groupOf(access, explanation !== undefined),
      access: {
        log: access.log,
        identity: explainer.identityOf(access),
        permission: access.permission,
        resource: access.resource,
        count: 1,
        first: access.time,
        last: access.time,
        ...(explanation !== undefined && { path: explanation.path }),
      },
    });
  }
  const inGroup = (group: Group) =>
    [...groups.values()]
      .filter((each) => each.group === group)
      .map(({ access }) => access)
      .sort(byIdentity);
  return {
    window: windowOf(accesses),
    explained: inGroup('explained'),
    unexplained: inGroup('unexplained'),
    denied: inGroup('denied'),
    system: inGroup('system'),
    ...judgeUse(manifest, accesses, used),
    nodes: manifest.nodes,
  };
}

function groupOf({ isAllowed, isOfSystem }: LoggedAccess, isExplained: boolean): Group {
  if (!isAllowed) return 'denied';
  if (isExplained) return 'explained';
  return isOfSystem ? 'system' : 'unexplained';
}

function keyOf({ callers, permission, resource, targets, project, pool, isAllowed }: LoggedAccess): string {
  return JSON.stringify([callers, permission, resource, targets, project, pool, isAllowed]);
}

function withCall(known: ObservedAccess, { time }: LoggedAccess): ObservedAccess {
  return {
    ...known,
    count: known.count + 1,
    first: compareText(time, known.first) < 0 ? time : known.first,
    last: compareText(time, known.last) > 0 ? time : known.last,
  };
}

function note(used: Map<string, Set<string>>, { id }: AccessEdge, permission: string): void {
  const known = used.get(id);
  if (known) known.add(permission);
  else used.set(id, new Set([permission]));
}

function windowOf(accesses: readonly LoggedAccess[]): AccessObserved['window'] {
  const [head, ...rest] = accesses.map(({ time }) => time).filter((time) => time !== '');
  if (head === undefined) return undefined;
  let [first, last] = [head, head];
  for (const time of rest) {
    if (time < first) first = time;
    if (time > last) last = time;
  }
  return { first, last };
}

function byIdentity(a: ObservedAccess, b: ObservedAccess): number {
  return (
    compareText(a.identity, b.identity) ||
    compareText(a.permission, b.permission) ||
    compareText(a.resource, b.resource)
  );
}
