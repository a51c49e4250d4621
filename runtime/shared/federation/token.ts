/** Something that shows who asks. */
export interface Token {
  readonly value: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}
