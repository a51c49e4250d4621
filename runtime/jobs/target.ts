import { TARGET_VARIABLE, type JobTargetSettings } from '../../lib/contracts/jobs';
import { DNS_LABEL, object, optional, text, type Fields, type Form } from '../shared/input/fields';
import { readCredentials, readSettings, ROLE_ARN } from '../shared/input/settings';

const CLUSTER: Form = {
  pattern: /^projects\/[^/]+\/locations\/[^/]+\/clusters\/[^/]+$/,
  rule: 'must be projects/PROJECT/locations/LOCATION/clusters/NAME',
};
const HOST: Form = {
  pattern: /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/i,
  rule: 'must be a host, and a port if need be',
};
const PEM: Form = {
  pattern: /^LS0tLS1CRUdJTi[A-Za-z0-9+/=\s]+$/,
  rule: 'must be PEM in base64, as the GKE API gives it',
};

/** Reads the target of the function from its environment. */
export function parseTarget(json: string | undefined): JobTargetSettings {
  return readSettings(TARGET_VARIABLE, json, read);
}

function read(target: Fields): JobTargetSettings {
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
    roleArn: text(target.roleArn, 'roleArn', ROLE_ARN),
    credentials: readCredentials(target.credentials, 'credentials'),
    reason: text(target.reason, 'reason'),
    owner: optional(text, target.owner, 'owner'),
    ticket: optional(text, target.ticket, 'ticket'),
  };
}
