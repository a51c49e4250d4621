/** Whether a text has a wildcard of IAM. */
export function isPattern(text: string): boolean {
  return /[*?]/.test(text);
}

/** Regular expression of a pattern of IAM, in which `*` and `?` are wildcards. */
export function patternOf(pattern: string, flags = ''): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '[^]*')
    .replaceAll('?', '[^]');
  return new RegExp(`^${source}$`, flags);
}
