/** Words of a text in one of the query languages of logs, read one after the other. */
export class Tokens {
  private readonly tokens: readonly string[];
  private position = 0;

  /**
   * @param text text of the query
   * @param token sticky pattern whose first group is a word
   * @param name name of the text for messages: "pattern"
   */
  constructor(
    text: string,
    token: RegExp,
    private readonly name: string,
  ) {
    const tokens: string[] = [];
    token.lastIndex = 0;
    while (token.lastIndex < text.trimEnd().length) {
      const at = token.lastIndex;
      const [, found] = token.exec(text) ?? [];
      if (found === undefined) throw new SyntaxError(`The ${name} has no token at ${text.slice(at)}`);
      tokens.push(found);
    }
    this.tokens = tokens;
  }

  /** The next word, which stays; `undefined` at the end. */
  public get ahead(): string | undefined {
    return this.tokens[this.position];
  }

  /** Reads the word if it is next. */
  public accept(token: string): boolean {
    if (this.ahead !== token) return false;
    this.position += 1;
    return true;
  }

  /** Reads the next word. */
  public next(): string {
    const token = this.ahead;
    if (token === undefined) throw new SyntaxError(`The ${this.name} ends too early`);
    this.position += 1;
    return token;
  }

  /** Rejects words that are left. */
  public end(): void {
    if (this.ahead !== undefined) throw new SyntaxError(`The ${this.name} continues with ${this.ahead}`);
  }
}
