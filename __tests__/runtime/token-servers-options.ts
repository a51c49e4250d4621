/* What the token servers of the tests know of the two clouds. */

export interface AwsKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export interface TokenServersOptions {
  /** Keys of the caller of AssumeRole: what AWS Lambda has in its environment. */
  readonly caller: AwsKeys;
  /** Roles that the caller may take on. */
  readonly roles: readonly string[];
  /** Resource name of the pool provider. */
  readonly audience: string;
  /** Condition of the pool provider, on `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`. */
  readonly accepts: (assumedRoleArn: string) => boolean;
  /** Accounts that a role may act as, by role ARN. */
  readonly impersonates: Readonly<Record<string, readonly string[]>>;
  /** Tokens of the accounts, by e-mail; a list gives its tokens in turn and then its last. */
  readonly tokens: Readonly<Record<string, string | readonly string[]>>;
  /** Makes an ID token of Google, for an account that a role may act as. */
  readonly idToken?: (email: string, audience: string) => string;
  /** Makes a token of AWS for a role, or nothing where IAM would not allow it. */
  readonly webIdentityToken?: (roleArn: string, asked: WebIdentityAsked) => string | undefined;
  /**
   * Seconds that a token of Google holds.
   * @default 3600
   */
  readonly tokenSeconds?: number;
}

/** What `GetWebIdentityToken` is asked for. */
export interface WebIdentityAsked {
  readonly audience: string;
  readonly signingAlgorithm: string;
  readonly durationSeconds: number;
  readonly tags: Readonly<Record<string, string>>;
}
