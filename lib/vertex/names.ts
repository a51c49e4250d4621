import { createHash } from 'node:crypto';
import { matching, type Rule } from '../core/rules';

/** https://cloud.google.com/vertex-ai/docs/general/locations */
export const vertexRegion: Rule = matching(
  /^[a-z]+-[a-z]+\d{1,2}$/,
  'a location of Vertex AI is a region, for example "us-central1"',
  fixRegion,
);

/** A region, or `global` for Gemini models. */
export const vertexLocation: Rule = matching(
  /^([a-z]+-[a-z]+\d{1,2}|global)$/,
  'a location of Vertex AI is a region, for example "us-central1", or "global"',
  fixRegion,
);

function fixRegion(value: string): string | undefined {
  return /^[a-z]+-[a-z]+\d{1,2}-[a-z]$/.test(value) ? `Use "${value.slice(0, -2)}".` : undefined;
}

/** https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/vertex_ai_endpoint */
export const endpointId: Rule = matching(
  /^[1-9]\d{0,9}$/,
  'the id of an endpoint is a number of at most 10 digits that does not start with 0',
);

/** A number of 10 digits that belongs to a text, the same in every run. */
export function numericId(text: string): string {
  const bytes = createHash('sha256').update(text).digest();
  return String(1_000_000_000 + (bytes.readUIntBE(0, 6) % 9_000_000_000));
}
