/** Collects the values of an option that may be given several times. */
export function appended(value: string, values: readonly string[] = []): readonly string[] {
  return [...values, value];
}
