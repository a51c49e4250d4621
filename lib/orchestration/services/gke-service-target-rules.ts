import type { WithInherited } from '../../core/inherited';
import { justificationRules } from '../../core/justification';
import {
  all,
  integer,
  knownAtSynth,
  list,
  matching,
  oneOf,
  optional,
  provider,
  rule,
  shape,
  type Report,
  type Rule,
  type Shape,
} from '../../core/rules';
import { awsAccount } from '../../aws/account';
import { federation } from '../../identity/aws-to-google-federation-rules';
import { project } from '../../google/project';
import { shortName } from '../../core/short-name';
import { kmsKeyArn, memoryMb, retentionDays } from '../../aws/names';
import { checkSameAccount } from '../../identity/federation-account';
import type {
  AwsTokenAuth,
  FunctionVpc,
  GkeServiceTargetProps,
  GoogleIdTokenAuth,
} from './gke-service-target-props';
import { SERVICE_METHODS } from '../../contracts/services';
import { tokenAudience, tokenIssuer } from '../../identity/token-audience';

const IAP_CLIENT = /^[\w-]+\.apps\.googleusercontent\.com$/;

const googleAudience: Rule = (value, property, report) =>
  (typeof value === 'string' && IAP_CLIENT.test(value)) || tokenAudience(value, property, report);

const proof: Rule = all(
  knownAtSynth(
    shape<{ google: GoogleIdTokenAuth; aws: AwsTokenAuth }>({
      google: optional(shape<GoogleIdTokenAuth>({ audience: googleAudience, federation, project })),
      aws: optional(
        shape<AwsTokenAuth>({
          audience: tokenAudience,
          issuer: optional(tokenIssuer),
          signingAlgorithm: optional(knownAtSynth(oneOf(['RS256', 'ES384']))),
          // https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html
          durationSeconds: optional(knownAtSynth(integer(60, 3_600))),
        }),
      ),
    }),
  ),
  rule('be { google: … } or { aws: … }', (value) => {
    const { google, aws } = value as { google?: object; aws?: object };
    return (google === undefined) !== (aws === undefined);
  }),
);

/** A path that stands for itself and all below it. */
export const servicePath: Rule = knownAtSynth(
  matching(
    /^(\/|(\/(?!\.{1,2}(\/|$))[\w.~!$&'()*+,;=:@-]+)+)$/,
    'start with "/", not end with "/", and have no "//", "..", "?" and "%"',
    (value) => (value.length > 1 && value.endsWith('/') ? `Use "${value.slice(0, -1)}".` : undefined),
  ),
);

export const serviceMethod: Rule = knownAtSynth(oneOf(SERVICE_METHODS));

export const gkeServiceTargetRules: Shape<GkeServiceTargetProps> = {
  ...justificationRules,
  name: knownAtSynth(shortName),
  account: awsAccount,
  url: matching(
    /^https:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/,
    'be an https URL without a query, a user name or a password',
    (value) => (value.startsWith('http://') ? `Use "https://${value.slice(7)}".` : undefined),
  ),
  auth: proof,
  methods: optional(list(serviceMethod, { min: 1 })),
  paths: optional(list(servicePath, { min: 1, max: 50 })),
  certificateAuthority: optional(
    matching(
      /^-----BEGIN CERTIFICATE-----\n[\s\S]+-----END CERTIFICATE-----\s*$/,
      'be a certificate in PEM format',
    ),
  ),
  vpc: optional(
    shape<FunctionVpc>({
      subnetIds: list(matching(/^subnet-[0-9a-f]+$/, 'be the id of a subnet, "subnet-…"'), {
        min: 1,
        max: 16,
      }),
      securityGroupIds: list(matching(/^sg-[0-9a-f]+$/, 'be the id of a security group, "sg-…"'), {
        min: 1,
        max: 5,
      }),
    }),
  ),
  timeoutSeconds: optional(knownAtSynth(integer(1, 840))),
  responseBytes: optional(knownAtSynth(integer(1, 200_000))),
  memoryMb: optional(memoryMb),
  logRetentionDays: optional(retentionDays),
  kmsKeyArn: optional(kmsKeyArn),
  reservedConcurrency: optional(knownAtSynth(integer(1, 1_000))),
  awsProvider: optional(provider('aws')),
  googleProvider: optional(provider('google')),
};

/** What no single property of a target tells. */
export function gkeServiceTargetCrossChecks(
  { auth: given, account, googleProvider }: WithInherited<GkeServiceTargetProps>,
  report: Report,
): void {
  if ('aws' in given && given.aws !== undefined) {
    if (googleProvider === undefined) return;
    const rule = 'be omitted for a token of AWS, for which nothing is created in Google Cloud';
    report({ property: 'googleProvider', value: googleProvider, rule, fix: 'Omit it.' });
    return;
  }
  checkSameAccount(
    { account, federation: (given as { google: GoogleIdTokenAuth }).google.federation },
    report,
  );
}
