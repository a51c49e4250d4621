import { createHash } from 'node:crypto';
import type { IConstruct } from 'constructs';
import { resolveTokens } from '../core/names';
import { matching, type Rule } from '../core/rules';
import { useRegionOf } from '../google/locations';

/** A region, or `global` for Gemini models. https://cloud.google.com/vertex-ai/docs/general/locations */
export const vertexLocation: Rule = matching(
  /^([a-z]+-[a-z]+\d{1,2}|global)$/,
  'be a region, for example "us-central1", or "global"',
  useRegionOf,
);

/** https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/vertex_ai_endpoint */
export const endpointId: Rule = matching(
  /^[1-9]\d{0,9}$/,
  'be a number of at most 10 digits that does not start with 0',
);

/** A number of 10 digits that belongs to these names, the same in every run. */
export function numericId(scope: IConstruct, names: readonly string[]): string {
  const text = (resolveTokens(scope, names) as string[]).join('/');
  const bytes = createHash('sha256').update(text).digest();
  return String(1_000_000_000 + (bytes.readUIntBE(0, 6) % 9_000_000_000));
}
