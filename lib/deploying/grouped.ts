/** Distinct values, sorted. */
export function sorted(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

/** Values by key, sorted by key. Values of one key keep their order. */
export function grouped<T>(values: readonly T[], keyOf: (value: T) => string): [key: string, values: T[]][] {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1));
}
