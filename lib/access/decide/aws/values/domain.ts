/** Values of a condition key that are ordered, or few: numbers, dates, addresses, booleans, binary values. */
export interface Domain<T> {
  /** Name for messages: "number". */
  readonly name: string;
  /** The value of a text; undefined if the text is none of the domain. */
  read(text: string): T | undefined;
  write(value: T): string;
  /** Values such that each possible comparison with the points has the same result for one of them. */
  samples(points: readonly T[]): readonly T[];
}
