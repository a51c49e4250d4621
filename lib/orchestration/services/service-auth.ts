import type { IConstruct } from 'constructs';
import { inherit } from '../../core/inherited';
import { isObject } from '../../core/is-object';
import { integer, knownAtSynth, oneOf, optional, shape, type Rule } from '../../core/rules';
import { anyKind, variants } from '../../core/variants';
import { project, type GoogleProject } from '../../google/project';
import type { IAwsToGoogleFederation } from '../../identity/federation/aws-to-google-federation-props';
import { federation } from '../../identity/federation/aws-to-google-federation-rules';
import { tokenAudience, tokenIssuer } from '../../identity/federation/token-audience';

/** Authentication by an ID token of Google, for Cloud Run, IAP or a `VerifiedEndpoint` with callers of Google. */
export interface GoogleIdTokenAuth {
  /** Kind of the authentication, which `ServiceAuth.googleIdToken` sets. */
  readonly kind: 'google-id-token';
  /**
   * Audience of the token: an https URL, or the OAuth client id of IAP (`….apps.googleusercontent.com`).
   * @default - the URL of the target
   */
  readonly audience?: string;
  /** Federation that exchanges the AWS role of the target for a Google identity. */
  readonly federation: IAwsToGoogleFederation;
  /**
   * Project of the Google service account that the token identifies. The target creates the account.
   * @default - the project of `Defaults.of(scope)`; required if no scope has one
   */
  readonly project?: GoogleProject;
}

/**
 * Authentication by a token of `sts:GetWebIdentityToken`, for a `VerifiedEndpoint` with callers of AWS. The AWS account
 * needs outbound identity federation.
 */
export interface AwsTokenAuth {
  /** Kind of the authentication, which `ServiceAuth.awsToken` sets. */
  readonly kind: 'aws-token';
  /**
   * Audience of the token: an https URL.
   * @default - the URL of the target
   */
  readonly audience?: string;
  /**
   * Issuer of the AWS account, `https://ID.tokens.sts.global.api.aws`, for `target.caller`.
   * @default - `target.caller` is not available
   */
  readonly issuer?: string;
  /**
   * Signing algorithm.
   * @default ES384
   */
  readonly signingAlgorithm?: 'RS256' | 'ES384';
  /**
   * Lifetime of the token in seconds: 60 to 3,000. IAM denies the role a longer one. STS gives no token that lasts longer
   * than the session that requests it, and that is one hour from its request.
   * @default 300
   */
  readonly durationSeconds?: number;
}

/** Authentication of the function at the service. */
export type ServiceAuth = GoogleIdTokenAuth | AwsTokenAuth;

/** Authentication by an ID token of Google, with derived and inherited values. */
export type WholeGoogleIdTokenAuth = GoogleIdTokenAuth &
  Required<Pick<GoogleIdTokenAuth, 'audience' | 'project'>>;

/** Authentication by a token of AWS, with derived values. */
export type WholeAwsTokenAuth = AwsTokenAuth & Required<Pick<AwsTokenAuth, 'audience'>>;

/** Props of a target with the authentication as its rules require it. */
export type WithWholeAuth<P> = Omit<P, 'auth'> & {
  readonly auth: WholeGoogleIdTokenAuth | WholeAwsTokenAuth;
};

const KINDS: readonly unknown[] = ['google-id-token', 'aws-token'];

/** Derives the audience from the URL of the target, and inherits the project. */
export function withWholeAuth<P extends { readonly url: string; readonly auth: ServiceAuth }>(
  target: IConstruct,
  given: P,
): WithWholeAuth<P> {
  if (!isObject(given) || !isObject(given.auth) || !KINDS.includes(given.auth.kind))
    return given as WithWholeAuth<P>;
  const audience = given.auth.audience ?? given.url;
  const auth = { ...given.auth, audience };
  const inherited = auth.kind === 'google-id-token' ? ['project'] : [];
  return { ...given, auth: inherit(target, auth, inherited, noProblem) } as WithWholeAuth<P>;
}

/** Its rule validates the project. */
const noProblem = () => undefined;

/** Factories of authentication, for example `ServiceAuth.awsToken({ audience })`. */
export const ServiceAuth = Object.freeze({
  /** An ID token of Google. */
  googleIdToken: (options: Omit<GoogleIdTokenAuth, 'kind'>): GoogleIdTokenAuth => ({
    ...options,
    kind: 'google-id-token',
  }),
  /** A token of AWS STS. */
  awsToken: (options: Omit<AwsTokenAuth, 'kind'> = {}): AwsTokenAuth => ({ ...options, kind: 'aws-token' }),
});

const IAP_CLIENT = /^[\w-]+\.apps\.googleusercontent\.com$/;

const googleAudience: Rule = (value, property, report) =>
  (typeof value === 'string' && IAP_CLIENT.test(value)) || tokenAudience(value, property, report);

export const serviceAuth: Rule = knownAtSynth(
  variants('ServiceAuth.googleIdToken(…) or ServiceAuth.awsToken(…)', {
    'google-id-token': shape<GoogleIdTokenAuth>({
      kind: anyKind,
      audience: googleAudience,
      federation,
      project,
    }),
    'aws-token': shape<AwsTokenAuth>({
      kind: anyKind,
      audience: tokenAudience,
      issuer: optional(tokenIssuer),
      signingAlgorithm: optional(knownAtSynth(oneOf(['RS256', 'ES384']))),
      // https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html
      durationSeconds: optional(knownAtSynth(integer(60, 3_000))),
    }),
  }),
);
