/** Part of the exchange that checks a token, in the order of the exchange. */
export type TokenStage =
  'provider' | 'issuer' | 'audience' | 'lifetime' | 'mapping' | 'condition' | 'trust' | 'member';

/** Result of one part of the exchange. */
export interface TokenStep {
  /** Part of the exchange. */
  readonly stage: TokenStage;
  /** Whether the part accepts the token. `unknown`: a value is known after apply, or it is not understood. */
  readonly result: 'accepts' | 'rejects' | 'unknown';
  /** Cause as a sentence. It can have text of the token: output must escape it. */
  readonly text: string;
  /**
   * Change that makes the part accept the token, as a sentence.
   * @default - the part accepts it, or no single change does
   */
  readonly remedy?: string;
  /**
   * Address of the resource that decides.
   * @default - the address of the provider
   */
  readonly address?: string;
}

/** Answer of a provider to a token, part by part. */
export interface TokenExplanation {
  /** Address of the provider. */
  readonly provider: string;
  /** `rejects` if one part rejects, `unknown` if none does and one is unknown. */
  readonly result: TokenStep['result'];
  /** Parts in the order of the exchange. After a rejection, parts that do not depend on it follow too. */
  readonly steps: readonly TokenStep[];
  /** Mapped attributes by name, for example `google.subject`; empty for AWS. */
  readonly attributes: Readonly<Record<string, string | readonly string[]>>;
  /** Names of the identities that the token becomes. */
  readonly identities: readonly string[];
}

/** Result of several steps together. */
export function resultOf(steps: readonly TokenStep[]): TokenStep['result'] {
  const results = steps.map(({ result }) => result);
  if (results.includes('rejects')) return 'rejects';
  return results.includes('unknown') ? 'unknown' : 'accepts';
}
