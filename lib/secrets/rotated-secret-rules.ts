import { checkRegionalArns } from '../aws/regional-arns';
import { checkKeyLocation } from '../google/kms-keys';
import type { WithInherited } from '../core/inherited';
import { justificationRules } from '../core/justification';
import {
  all,
  boolean,
  exceeds,
  integer,
  knownAtSynth,
  list,
  matching,
  oneOf,
  optional,
  rule,
  shape,
  string,
  type Report,
  type Rule,
  type Shape,
} from '../core/rules';
import { awsAccount } from '../aws/account';
import { stateMachineAliasArn } from '../aws/state-machine-alias';
import { federation } from '../identity/federation/aws-to-google-federation-rules';
import { cluster } from '../gke/cluster';
import { controlPlaneEndpoint } from '../gke/gke-kubernetes-provider';
import { dnsLabel } from '../kubernetes/names';
import { kmsKeyName } from '../google/names';
import { shortName } from '../core/short-name';
import { project, type GoogleProject } from '../google/project';
import { SECRET_ALIASES } from '../contracts/rotation';
import { anyKind, variants } from '../core/variants';
import { workloadNamespace } from '../kubernetes/namespace-and-labels';
import { kmsKeyArn, retentionDays } from '../aws/names';
import { checkSameAccount } from '../identity/federation/federation-account';
import type { ConsumerRestart } from './consumer-restart-props';
import type {
  AwsRotatedSecretProps,
  GeneratedValue,
  GoogleRotatedSecretProps,
  RotatedSecretProps,
  SecretReplica,
} from './rotated-secret-props';
import type { RotationFunctionHook, RotationHook, RotationStateMachineHook } from './rotation-hook';
import { awsProviderRules, alarmRules } from '../aws/options';
import { googleProviderRules } from '../google/options';
import { kubernetesProviderRules } from '../kubernetes/options';

const DAY = 86_400;

export const DEFAULTS = {
  length: 32,
  alphabet: 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~',
  functionSeconds: 60,
  executionSeconds: 300,
  retryWindowSeconds: 1_800,
  previousVersionGraceSeconds: 3_600,
};

/** Seconds of a run in addition to the hooks of the user. */
export const OWN_SECONDS = 120;

/** Maximum seconds of a call of AWS Lambda. */
const LONGEST_RUN = 900;

/** Minimum entropy of a value. */
const LEAST_BITS = 80;

const functionHook = shape<RotationFunctionHook>({
  kind: anyKind,
  functionArn: matching(
    /^arn:aws[\w-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]{1,64}:(?!\$LATEST$)[\w-]{1,128}$/,
    'be the ARN of an alias of a function, arn:aws:lambda:REGION:ACCOUNT:function:NAME:ALIAS',
  ),
  timeoutSeconds: optional(knownAtSynth(integer(1, 300))),
});

const stateMachineHook = shape<RotationStateMachineHook>({
  kind: anyKind,
  stateMachineArn: stateMachineAliasArn,
  timeoutSeconds: optional(knownAtSynth(integer(10, 600))),
});

const hook: Rule = knownAtSynth(
  variants('RotationHook.lambda(…) or RotationHook.stateMachine(…)', {
    lambda: functionHook,
    'state-machine': stateMachineHook,
  }),
);

const alphabet = knownAtSynth(
  all(
    string(
      rule('have printable ASCII characters without spaces', (value) => /^[!-~]+$/.test(value as string)),
    ),
    rule(
      'have each character once, because a repeated character is drawn more often',
      (value) => new Set(value as string).size === (value as string).length,
      (value) => `Use ${JSON.stringify([...new Set(value as string)].join(''))}.`,
    ),
  ),
);

const restart = shape<ConsumerRestart>({
  cluster,
  namespace: knownAtSynth(workloadNamespace),
  deployments: list(knownAtSynth(dnsLabel), { min: 1, max: 20 }),
  federation,
  endpoint: optional(controlPlaneEndpoint),
  ...googleProviderRules,
  ...kubernetesProviderRules,
});

const common = {
  ...justificationRules,
  name: knownAtSynth(
    all(
      shortName,
      rule(
        'not end with a hyphen and six characters, as the ARN of another secret of AWS does',
        (value) => !/-[a-z0-9-]{6}$/.test(value as string),
        () => 'Choose another suffix.',
      ),
    ),
  ),
  account: awsAccount,
  rotationDays: knownAtSynth(integer(1, 365)),
  value: optional(
    shape<GeneratedValue>({
      length: optional(knownAtSynth(integer(8, 1_024))),
      alphabet: optional(alphabet),
    }),
  ),
  setSecret: optional(hook),
  testSecret: optional(hook),
  restart: optional(restart),
  logRetentionDays: optional(retentionDays),
  ...alarmRules,
  ...awsProviderRules,
};

/** Service that stores a secret. */
export const secretStore = oneOf(['google-secret-manager', 'aws-secrets-manager']);

const googleRules: Shape<GoogleRotatedSecretProps> = {
  ...common,
  name: knownAtSynth(shortName),
  store: secretStore,
  project,
  federation,
  retryWindowSeconds: optional(knownAtSynth(integer(0, 30 * DAY))),
  previousVersionGraceSeconds: optional(knownAtSynth(integer(0, 364 * DAY))),
  kmsKeyName: optional(kmsKeyName),
  replicas: optional(
    list(
      shape<SecretReplica>({
        location: matching(/^[a-z]+-[a-z]+\d+$/, 'be a region, for example "europe-west1"'),
        kmsKeyName: optional(kmsKeyName),
      }),
      { min: 1, max: 20 },
    ),
  ),
  notificationTopic: optional(
    matching(/^projects\/[^/]+\/topics\/[^/]+$/, 'be a topic of the form projects/PROJECT/topics/NAME'),
  ),
  deletionProtection: optional(boolean),
  ...googleProviderRules,
};

const awsRules: Shape<AwsRotatedSecretProps> = {
  ...common,
  store: secretStore,
  kmsKeyArn: optional(kmsKeyArn),
  recoveryDays: optional(knownAtSynth(integer(7, 30))),
};

// Each replica has a key in its location, so a replicated secret inherits none.
const replicatedRules = Object.fromEntries(
  Object.entries(googleRules).filter(([name]) => name !== 'kmsKeyName'),
) as typeof googleRules;

/** The rules of the host that is given. */
export function rotatedSecretRules(props: RotatedSecretProps): Shape<RotatedSecretProps> {
  if (props?.store === 'aws-secrets-manager') return awsRules;
  const isReplicated = props?.replicas !== undefined && props.kmsKeyName === undefined;
  return isReplicated ? replicatedRules : googleRules;
}

/** Cross-property validation of a secret. */
export function rotatedSecretCrossChecks(props: WithInherited<RotatedSecretProps>, report: Report): void {
  valueIsStrong(props, report);
  if (props.setSecret !== undefined && props.testSecret === undefined) {
    report({
      property: 'testSecret',
      value: undefined,
      rule: 'be set when setSecret is set, because consumers receive a new value only after a test',
      fix: 'Set testSecret to a function that signs in with the value.',
    });
  }
  runIsShort(props, report);
  checkRegionalArns(props, report);
  if (props.restart !== undefined) {
    checkSameAccount({ account: props.account, federation: props.restart.federation }, report);
  }
  if (props.store === 'google-secret-manager') googleCrossChecks(props, report);
}

/** Seconds that a hook may take. */
function secondsOf(hook: RotationHook | undefined): number {
  if (hook === undefined) return 0;
  const seconds = hook.kind === 'lambda' ? DEFAULTS.functionSeconds : DEFAULTS.executionSeconds;
  return hook.timeoutSeconds ?? seconds;
}

function runIsShort(
  { setSecret: set, testSecret: test }: WithInherited<RotatedSecretProps>,
  report: Report,
): void {
  const seconds = secondsOf(set) + secondsOf(test);
  const most = LONGEST_RUN - OWN_SECONDS;
  if (!exceeds(seconds, most)) return;
  report({
    property: 'setSecret',
    value: set,
    rule: `keep setSecret and testSecret within the ${most} seconds of one Lambda invocation (${seconds} now)`,
    fix: 'Set a shorter timeoutSeconds for one of them.',
  });
}

function valueIsStrong({ value }: WithInherited<RotatedSecretProps>, report: Report): void {
  if (value === undefined) return;
  const { length = DEFAULTS.length, alphabet: characters = DEFAULTS.alphabet } = value;
  const bits = length * Math.log2(characters.length);
  if (!(bits < LEAST_BITS)) return;
  report({
    property: 'value',
    value,
    rule: `have at least ${LEAST_BITS} bits of entropy (${Math.floor(bits)} now)`,
    fix: 'Set a longer length, or an alphabet of more characters.',
  });
}

function googleCrossChecks(props: WithInherited<GoogleRotatedSecretProps>, report: Report): void {
  const { rotationDays } = props;
  const busy =
    (props.retryWindowSeconds ?? DEFAULTS.retryWindowSeconds) +
    (props.previousVersionGraceSeconds ?? DEFAULTS.previousVersionGraceSeconds);
  if (!exceeds(rotationDays * DAY, busy)) {
    report({
      property: 'rotationDays',
      value: rotationDays,
      rule: `leave time between rotations: retryWindowSeconds and previousVersionGraceSeconds take ${busy} of ${rotationDays * DAY} seconds`,
      fix: 'Rotate less often, or shorten one of the two.',
    });
  }
  checkSameAccount(props, report);
  keysAreWithTheirData(props, report);
  if (props.kmsKeyName !== undefined && props.replicas !== undefined) {
    report({
      property: 'kmsKeyName',
      value: props.kmsKeyName,
      rule: 'be omitted when replicas is set, because each replica has a key in its location',
      fix: 'Set replicas[…].kmsKeyName.',
    });
  }
}

/**
 * A secret with automatic replication has a global key, and a replica has a key in its location.
 * https://cloud.google.com/secret-manager/docs/reference/rpc/google.cloud.secretmanager.v1#customermanagedencryption
 */
function keysAreWithTheirData(
  { kmsKeyName: key, replicas = [] }: WithInherited<GoogleRotatedSecretProps>,
  report: Report,
): void {
  checkKeyLocation({ property: 'kmsKeyName', key, location: 'global' }, report);
  const locations = replicas.map(({ location }) => location);
  replicas.forEach(({ location, kmsKeyName }, index) => {
    checkKeyLocation({ property: `replicas[${index}].kmsKeyName`, key: kmsKeyName, location }, report);
    if (locations.indexOf(location) === index) return;
    const property = `replicas[${index}].location`;
    report({ property, value: location, rule: 'be unique in the list', fix: 'Omit the second replica.' });
  });
}

/** Name that consumers of a secret read. */
export function currentValueNameOf(
  secret:
    | { readonly store: 'google-secret-manager'; readonly name: string; readonly project: GoogleProject }
    | { readonly store: 'aws-secrets-manager'; readonly name: string },
): string {
  if (secret.store === 'aws-secrets-manager') return secret.name;
  return `projects/${secret.project.id}/secrets/${secret.name}/versions/${SECRET_ALIASES.current}`;
}
