/** Whether a text has a wildcard of IAM. */
export function isPattern(text: string): boolean {
  return /[*?]/.test(text);
}

/** Whether a text matches a pattern of IAM. Most patterns are rejected by their beginning, without a regular expression. */
export function matchesPattern(pattern: string, text: string): boolean {
  const wildcard = pattern.search(/[*?]/);
  if (wildcard < 0) return pattern === text;
  return text.startsWith(pattern.slice(0, wildcard)) && patternOf(pattern).test(text);
}

const known = new Map<string, RegExp>();

/** Regular expression of a pattern of IAM, in which `*` and `?` are wildcards. A question tests one against many names. */
export function patternOf(pattern: string, flags: '' | 'i' = ''): RegExp {
  const key = `${flags} ${pattern}`;
  const made = known.get(key) ?? compiled(pattern, flags);
  known.set(key, made);
  return made;
}

function compiled(pattern: string, flags: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '[^]*')
    .replaceAll('?', '[^]');
  return new RegExp(`^${source}$`, flags);
}
