import { shortSource } from './required-providers';

/** Selected versions by provider source in a `.terraform.lock.hcl`. */
export function lockedVersions(text: string): Record<string, string> {
  const blocks = text.matchAll(/^provider "([^"]+)" \{\s*\n\s*version\s*=\s*"([^"]+)"/gm);
  return Object.fromEntries(
    [...blocks].map(([, source = '', version = '']) => [shortSource(source), version]),
  );
}
