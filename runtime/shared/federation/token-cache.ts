import type { Token } from './token';

const MOST_RUNS = 100;
const SPARE = 5 * 60_000;

/** Tokens by run, so that each call of a run but the first is spared three requests. */
export class TokenCache {
  private readonly tokens = new Map<string, Promise<Token>>();

  constructor(private readonly now: () => number) {}

  /** The token of a run, made anew when there is none or when it ends within five minutes. */
  async get(run: string, mint: () => Promise<Token>): Promise<string> {
    const known = this.tokens.get(run);
    const token = await known;
    if (token !== undefined && token.expires - SPARE > this.now()) return token.value;
    // While this caller waited another may have begun to make one.
    const current = this.tokens.get(run);
    const next = current === undefined || current === known ? this.add(run, mint()) : current;
    return (await next).value;
  }

  /** Forgets a token that was not taken. */
  drop(run: string): void {
    this.tokens.delete(run);
  }

  private add(run: string, token: Promise<Token>): Promise<Token> {
    this.tokens.delete(run);
    this.tokens.set(run, token);
    const [oldest] = this.tokens.keys();
    if (this.tokens.size > MOST_RUNS && oldest !== undefined) this.tokens.delete(oldest);
    token.catch(() => {
      if (this.tokens.get(run) === token) this.tokens.delete(run);
    });
    return token;
  }
}
