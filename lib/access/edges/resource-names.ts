import type { AccessEdge } from '../graph/edge';
import { arnPatterns } from './aws-names';

/** Names of the resource of an edge of AWS as a policy has them; `*` is any text. */
export function resourceNames({ to, resources }: AccessEdge): readonly string[] {
  if (resources !== undefined) return resources;
  const patterns = arnPatterns(to);
  return patterns.length > 0 ? patterns : [to.replace(/^[^/]*\//, '')];
}
