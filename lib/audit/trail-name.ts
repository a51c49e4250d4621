/**
 * Name of a trail. The default does not contain the construct path: another name replaces the stores, and the records
 * are lost.
 */
export function trailName({ name = 'audit' }: { readonly name?: string }): string {
  return name;
}
