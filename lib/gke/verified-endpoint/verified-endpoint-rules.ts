import { reference } from '../../core/reference';
import type { WithInherited } from '../../core/inherited';
import { acknowledgement, justificationRules } from '../../core/justification';
import {
  all,
  boolean,
  integer,
  knownAtSynth,
  list,
  constructLike,
  matching,
  oneOf,
  optional,
  record,
  rule,
  shape,
  string,
  type Report,
  type Rule,
  type Shape,
} from '../../core/rules';
import { anyKind, variants } from '../../core/variants';
import type { AwsCallers, GoogleCallers } from '../../identity/federation/endpoint-callers';
import { namespaceRule } from '../namespace';
import { cidrOf } from '../../core/cidr';
import { labels, someLabels } from '../../kubernetes/namespace-and-labels';
import { quantity } from '../../kubernetes/quantity';
import { checkTolerations, tolerations } from '../../kubernetes/toleration';
import { imageReference, isByDigest } from '../../kubernetes/image';
import { awsRoleArn } from '../../aws/account';
import { dnsLabel } from '../../kubernetes/names';
import { serviceAccountEmail } from '../../google/names';
import { shortName } from '../../core/short-name';
import { HEALTH_PATH } from './envoy/health';
import { trustedIssuers } from './envoy/trusted-issuer';
import { tokenAudience, tokenIssuer } from '../../identity/federation/token-audience';
import type {
  EndpointLimits,
  EndpointResources,
  EndpointService,
  IEndpointWorkload,
  VerifiedEndpointAcknowledgements,
  VerifiedEndpointProps,
} from './verified-endpoint-props';

const port = knownAtSynth(integer(1, 65_535));

const SUBDOMAIN = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

const ASSUMED_ROLE = /^arn:(aws[a-z-]*):sts::(\d{12}):assumed-role\/([^/]+)\b.*$/;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound_token_claims.html */
const callerRoleArn: Rule = knownAtSynth(
  string(
    rule('not contain "*", because the whole ARN of a role is compared', (value) => {
      return !/[*?]/.test(value as string);
    }),
    rule(
      'be the ARN of a role, not of a session',
      (value) => !ASSUMED_ROLE.test(value as string),
      (value) => {
        const role = (value as string).replace(ASSUMED_ROLE, 'arn:$1:iam::$2:role/$3');
        return `Use "${role}", with the path of the role if it has one.`;
      },
    ),
    awsRoleArn,
  ),
);

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_Tag.html */
const requestTags: Rule = record(
  matching(
    /^[\p{L}\p{Z}\p{N}_.:/=+@-]{1,128}$/u,
    'be the key of a tag: 1 to 128 letters, digits, spaces and _.:/=+-@',
  ),
  knownAtSynth(
    matching(
      /^(\*|[\p{L}\p{Z}\p{N}_.:/=+@-]{1,256})$/u,
      'be "*" or the value of a tag: 1 to 256 letters, digits, spaces and _.:/=+-@',
    ),
  ),
);

const callers: Rule = knownAtSynth(
  variants('EndpointCallers.google(…), EndpointCallers.aws(…) or the caller of a GkeServiceTarget', {
    google: shape<GoogleCallers>({
      kind: anyKind,
      audience: tokenAudience,
      serviceAccountEmails: list(knownAtSynth(serviceAccountEmail), { min: 1, max: 50 }),
    }),
    aws: shape<AwsCallers>({
      kind: anyKind,
      issuer: tokenIssuer,
      audience: tokenAudience,
      roleArns: list(callerRoleArn, { min: 1, max: 50 }),
      requestTags: optional(knownAtSynth(requestTags)),
    }),
  }),
);

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

export const verifiedEndpointRules: Shape<VerifiedEndpointProps> = {
  ...justificationRules,
  name: knownAtSynth(shortName),
  namespace: namespaceRule,
  service: shape<EndpointService>({
    workload: all(
      constructLike('a Workload, or { namespace, serviceHost, podLabels } of pods that exist', {
        namespace: 'string',
        serviceHost: 'string',
        podLabels: 'object',
      }),
      reference<IEndpointWorkload>({ namespace: dnsLabel, serviceHost: string(), podLabels: someLabels }),
    ),
    port,
    servicePort: optional(port),
  }),
  callers: knownAtSynth(list(callers, { min: 1, max: 20 })),
  image: all(
    imageReference,
    rule(
      'be an image with a digest',
      (value) => isByDigest(value as string),
      () => 'Look up the digest in your registry: REPOSITORY@sha256:…',
    ),
  ),
  exposure: knownAtSynth(oneOf(['cluster', 'internal', 'external'])),
  allowedRanges: optional(knownAtSynth(list(cidrOf(0, 32), { min: 1 }))),
  allowedNamespaces: optional(knownAtSynth(list(knownAtSynth(dnsLabel), { min: 1 }))),
  tlsSecretName: optional(
    matching(SUBDOMAIN, 'be the name of a Secret, with lower-case letters, digits, hyphens and dots'),
  ),
  hostName: optional(
    matching(
      SUBDOMAIN,
      'be a host name of lower-case letters, digits, hyphens and dots, without "https://"',
      (value) => (value.startsWith('https://') ? `Use "${value.slice(8).replace(/\/.*$/, '')}".` : undefined),
    ),
  ),
  loadBalancerIp: optional(matching(/^\d{1,3}(\.\d{1,3}){3}$/, 'be an IPv4 address, for example "10.0.0.7"')),
  globalAccess: optional(boolean),
  port: optional(port),
  paths: optional(
    knownAtSynth(
      list(
        knownAtSynth(
          matching(/^\/[A-Za-z0-9._~/-]*$/, 'be a path that starts with "/", without a pattern or a query'),
        ),
        {
          min: 1,
          max: 50,
        },
      ),
    ),
  ),
  methods: optional(knownAtSynth(list(oneOf(METHODS), { min: 1 }))),
  limits: optional(
    shape<EndpointLimits>({
      requestBytes: optional(knownAtSynth(integer(1, 33_554_432))),
      timeoutSeconds: optional(knownAtSynth(integer(1, 900))),
      concurrentRequests: optional(knownAtSynth(integer(1, 10_000))),
      requestsPerConnection: optional(knownAtSynth(integer(1, 1_000_000))),
    }),
  ),
  replicas: optional(integer(1, 50)),
  resources: optional(
    shape<EndpointResources>({
      cpu: optional(quantity),
      memory: optional(quantity),
      adjustedByCluster: optional(knownAtSynth(boolean)),
    }),
  ),
  nodeSelector: optional(labels),
  tolerations: optional(tolerations),
  acknowledge: optional(shape<VerifiedEndpointAcknowledgements>({ plainHttp: acknowledgement })),
};

/** Cross-property validation of an endpoint. */
export function verifiedEndpointCrossChecks(
  props: WithInherited<VerifiedEndpointProps>,
  report: Report,
): void {
  encryption(props, report);
  exposure(props, report);
  checkTolerations(props.tolerations, report);
  const { namespace, service, paths } = props;
  if (service.workload.namespace !== namespace.name) {
    report({
      property: 'service.workload.namespace',
      value: service.workload.namespace,
      rule: `be the namespace of the endpoint (${namespace.name})`,
      fix: 'Create the endpoint in the namespace of the service.',
    });
  }
  paths?.forEach((path, index) => {
    if (path !== HEALTH_PATH) return;
    const rule = 'not be a path that the endpoint answers without a token';
    report({ property: `paths[${index}]`, value: path, rule, fix: 'Choose another path in the service.' });
  });
  const seen = new Set<string>();
  trustedIssuers(props.callers).forEach(({ issuer, audience }, index) => {
    const both = `${issuer} for ${audience}`;
    if (seen.has(both)) {
      const rule = 'be unique by issuer and audience, because a token does not show which entry is meant';
      report({ property: `callers[${index}]`, value: both, rule, fix: 'Merge the callers into one entry.' });
    }
    seen.add(both);
  });
}

function encryption(props: WithInherited<VerifiedEndpointProps>, report: Report): void {
  const { exposure, tlsSecretName, hostName, acknowledge } = props;
  if (tlsSecretName === undefined) {
    const rule = 'be set because a token in plain HTTP can be read and used by others';
    if (exposure === 'external') {
      report({
        property: 'tlsSecretName',
        value: tlsSecretName,
        rule,
        fix: 'Set tlsSecretName to a Secret with a certificate.',
      });
    } else if (acknowledge?.plainHttp === undefined) {
      const fix =
        'Set tlsSecretName to a Secret with a certificate, or set acknowledge.plainHttp to the reason.';
      report({ property: 'tlsSecretName', value: tlsSecretName, rule, fix });
    }
    return;
  }
  if (acknowledge?.plainHttp !== undefined) {
    const rule = 'be omitted when tlsSecretName is set';
    report({ property: 'acknowledge.plainHttp', value: acknowledge.plainHttp, rule, fix: 'Omit it.' });
  }
  if (exposure !== 'cluster' && hostName === undefined) {
    const rule = 'be set unless exposure is "cluster", because a certificate is issued for a name';
    report({ property: 'hostName', value: hostName, rule, fix: 'Set it to the name in the certificate.' });
  }
}

function exposure(props: WithInherited<VerifiedEndpointProps>, report: Report): void {
  const { exposure, allowedRanges, loadBalancerIp, globalAccess } = props;
  if (exposure !== 'cluster' && allowedRanges === undefined) {
    report({
      property: 'allowedRanges',
      value: allowedRanges,
      rule: 'be set for a load balancer',
      fix: 'Set the ranges of the callers; "0.0.0.0/0" means every address.',
    });
  }
  if (exposure === 'cluster' && loadBalancerIp !== undefined) {
    const rule = 'be omitted for exposure "cluster", which has no load balancer';
    report({ property: 'loadBalancerIp', value: loadBalancerIp, rule, fix: 'Omit it.' });
  }
  if (exposure !== 'internal' && globalAccess !== undefined) {
    const rule = 'be omitted unless exposure is "internal"';
    report({ property: 'globalAccess', value: globalAccess, rule, fix: 'Omit it.' });
  }
}
