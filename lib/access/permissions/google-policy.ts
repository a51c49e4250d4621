/** Kind of a policy of Google Cloud that names permissions; undefined for a resource of another type. */
export function googlePolicyKind(type: string): 'access' | 'deny' | undefined {
  if (type === 'google_iam_deny_policy') return 'deny';
  return /^google_iam_(projects?|folders?|organizations?)_access_policy$/.test(type) ? 'access' : undefined;
}

/** The attachment point of a policy without its URL encoding. A text that is not encoded stays as it is. */
export function attachmentPoint(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
