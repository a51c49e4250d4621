import { TARGET_VARIABLE, type AwsExternalAccount, type JobTargetSettings } from '../../lib/contracts/jobs';
import { DNS_LABEL, FieldError, object, optional, text, type Form } from '../shared/input/fields';

const CLUSTER: Form = {
  pattern: /^projects\/[^/]+\/locations\/[^/]+\/clusters\/[^/]+$/,
  rule: 'must be projects/PROJECT/locations/LOCATION/clusters/NAME',
};
const HOST: Form = {
  pattern: /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/i,
  rule: 'must be a host, and a port if need be',
};
const ROLE: Form = { pattern: /^arn:aws[\w-]*:iam::\d{12}:role\/\S+$/, rule: 'must be the ARN of a role' };
const PEM: Form = {
  pattern: /^LS0tLS1CRUdJTi[A-Za-z0-9+/=\s]+$/,
  rule: 'must be PEM in base64, as the GKE API gives it',
};

/** Reads the target of the function from its environment. */
export function parseTarget(json: string | undefined): JobTargetSettings {
  try {
    return read(object(parsed(json), 'target'));
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    throw new Error(`The environment variable ${TARGET_VARIABLE} is malformed: ${error.message}`, {
      cause: error,
    });
  }
}

function parsed(json: string | undefined): unknown {
  if (json === undefined) throw new FieldError('target', 'is missing');
  try {
    return JSON.parse(json);
  } catch {
    throw new FieldError('target', 'must be JSON');
  }
}

function read(target: Readonly<Record<string, unknown>>): JobTargetSettings {
  const cluster = object(target.cluster, 'cluster');
  return {
    name: text(target.name, 'name', DNS_LABEL),
    cluster: {
      id: text(cluster.id, 'cluster.id', CLUSTER),
      host: text(cluster.host, 'cluster.host', HOST),
      certificateAuthority: optional(
        (value, field) => text(value, field, PEM),
        cluster.certificateAuthority,
        'cluster.certificateAuthority',
      ),
    },
    namespace: text(target.namespace, 'namespace', DNS_LABEL),
    roleArn: text(target.roleArn, 'roleArn', ROLE),
    credentials: readCredentials(target.credentials),
    reason: text(target.reason, 'reason'),
    owner: optional(text, target.owner, 'owner'),
    ticket: optional(text, target.ticket, 'ticket'),
  };
}

function readCredentials(value: unknown): AwsExternalAccount {
  const credentials = object(value, 'credentials');
  text(credentials.audience, 'credentials.audience');
  text(credentials.subject_token_type, 'credentials.subject_token_type');
  text(credentials.token_url, 'credentials.token_url');
  optional(
    text,
    credentials.service_account_impersonation_url,
    'credentials.service_account_impersonation_url',
  );
  return credentials as unknown as AwsExternalAccount;
}
