import { checkRegionalArns } from '../../aws/regional-arns';
import type { WithInherited } from '../../core/inherited';
import { justificationRules } from '../../core/justification';
import {
  integer,
  knownAtSynth,
  list,
  matching,
  oneOf,
  optional,
  shape,
  type Report,
  type Rule,
  type Shape,
} from '../../core/rules';
import { awsAccount } from '../../aws/account';
import { shortName } from '../../core/short-name';
import { checkSameAccount } from '../../identity/federation/federation-account';
import type { FunctionVpc, GkeServiceTargetProps } from './gke-service-target-props';
import { serviceAuth } from './service-auth';
import { SERVICE_METHODS } from '../../contracts/services';
import { awsProviderRules, functionRules } from '../../aws/options';
import { googleProviderRules } from '../../google/options';

/** A path that includes all paths below. */
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
  auth: serviceAuth,
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
  ...functionRules,
  ...awsProviderRules,
  ...googleProviderRules,
};

/** Cross-property validation of a target. */
export function gkeServiceTargetCrossChecks(
  { auth, account, kmsKeyArn, googleProvider }: WithInherited<GkeServiceTargetProps>,
  report: Report,
): void {
  checkRegionalArns({ account, kmsKeyArn }, report);
  if (auth.kind === 'google-id-token') {
    checkSameAccount({ account, federation: auth.federation }, report);
  } else if (googleProvider !== undefined) {
    const rule = 'be omitted for a token of AWS, for which nothing is created in Google Cloud';
    report({ property: 'googleProvider', value: googleProvider, rule, fix: 'Omit it.' });
  }
}
