import type { Credentials } from './authorized-send';
import type { Token } from './token';

const MOST_RUNS = 100;
const SPARE = 5 * 60_000;

/** Tokens by run. Each call of a run after the first one saves three requests. */
export class TokenCache {
  private readonly tokens = new Map<string, Promise<Token>>();

  constructor(private readonly now: () => number) {}

  /** The token of a run. Fetches a new one when there is none or when it expires within five minutes. */
  async get(run: string, mint: () => Promise<Token>): Promise<string> {
    const known = this.tokens.get(run);
    const token = await known;
    if (token !== undefined && token.expires - SPARE > this.now()) return token.value;
    // Another caller may have requested a new one in the meantime.
    const current = this.tokens.get(run);
    const next = current === undefined || current === known ? this.add(run, mint()) : current;
    return (await next).value;
  }

  /** Forgets a rejected token. */
  drop(run: string): void {
    this.tokens.delete(run);
  }

  /** The token of one run, for `authorizedSend`. */
  credentials(run: string, mint: () => Promise<Token>): Credentials {
    return { token: () => this.get(run, mint), drop: () => this.drop(run) };
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
