/** Names of Terraform contain letters, digits, "_" and "-". */
const NAME = /[\p{L}_][\p{L}\p{N}_-]*/uy;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** White space and comments. */
const SPACE = /(?:\s+|#[^\n]*|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;

/** Position in a text of Terraform. */
export class ExpressionCursor {
  /** Index of the next character. */
  public at = 0;

  constructor(public readonly text: string) {}

  /** Whether the text ends here. */
  public get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  public startsWith(sign: string): boolean {
    return this.text.startsWith(sign, this.at);
  }

  /** Skips the sign if it is next. */
  public take(sign: string): boolean {
    if (!this.startsWith(sign)) return false;
    this.at += sign.length;
    return true;
  }

  /** Skips the sign, or throws. */
  public expect(sign: string): void {
    if (!this.take(sign)) throw new SyntaxError(`"${sign}" expected at ${this.at}`);
  }

  public skipSpace(): void {
    this.match(SPACE);
  }

  public name(): string | undefined {
    return this.match(NAME);
  }

  public number(): number | undefined {
    const text = this.match(NUMBER);
    return text === undefined ? undefined : Number(text);
  }

  /** Text that the sticky pattern matches here. */
  public match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const [text] = pattern.exec(this.text) ?? [];
    if (text !== undefined) this.at += text.length;
    return text;
  }
}
