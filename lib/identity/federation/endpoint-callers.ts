/** Google service accounts that call an endpoint with their ID token. */
export interface GoogleCallers {
  /** Kind of the callers, which `EndpointCallers.google` sets. */
  readonly kind: 'google';
  /** Audience of the ID token: an https URL. */
  readonly audience: string;
  /** E-mail addresses of the accounts: 1 to 50. Each is compared as a whole. */
  readonly serviceAccountEmails: readonly string[];
}

/** AWS roles that call an endpoint with a token of `sts:GetWebIdentityToken`. */
export interface AwsCallers {
  /** Kind of the callers, which `EndpointCallers.aws` sets. */
  readonly kind: 'aws';
  /** Issuer of the AWS account, `https://ID.tokens.sts.global.api.aws`. IAM shows it under outbound federation. */
  readonly issuer: string;
  /** Audience of the token: an https URL. */
  readonly audience: string;
  /** ARNs of the roles, `arn:aws:iam::ACCOUNT:role/NAME`: 1 to 50. Each is compared as a whole. */
  readonly roleArns: readonly string[];
  /**
   * Request tags that the token must have, which AWS STS signs: the value by name, or `*` for any value. The token of a
   * `GkeServiceTarget` has `run-id`, `target` and `reason`.
   * @default - tags are not compared
   */
  readonly requestTags?: Readonly<Record<string, string>>;
}

/** Callers of one issuer and one audience. */
export type EndpointCallers = GoogleCallers | AwsCallers;

/** Factories of callers, for example `EndpointCallers.google({ audience, serviceAccountEmails })`. */
export const EndpointCallers = Object.freeze({
  /** Google service accounts, by ID token. */
  google: (options: Omit<GoogleCallers, 'kind'>): GoogleCallers => ({ ...options, kind: 'google' }),
  /** AWS roles, by a token of AWS STS. */
  aws: (options: Omit<AwsCallers, 'kind'>): AwsCallers => ({ ...options, kind: 'aws' }),
});
