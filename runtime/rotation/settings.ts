import {
  ROTATION_VARIABLE,
  type HookCall,
  type RestartTarget,
  type Rotation,
} from '../../lib/contracts/rotation';
import {
  DNS_LABEL,
  FieldError,
  number,
  object,
  optional,
  text,
  type Fields,
  type Form,
} from '../shared/input/fields';
import { readCredentials, readSettings, ROLE_ARN } from '../shared/input/settings';

const SECRET: Form = {
  pattern: /^projects\/[^/]+\/secrets\/[^/]+$/,
  rule: 'must be projects/PROJECT/secrets/NAME',
};
const FUNCTION_ALIAS: Form = {
  pattern: /^arn:aws[\w-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+:[\w-]+$/,
  rule: 'must be the ARN of an alias of a function',
};
const STATE_MACHINE_ALIAS: Form = {
  pattern: /^arn:aws[\w-]*:states:[a-z0-9-]+:\d{12}:stateMachine:[\w-]+:[\w.-]+$/,
  rule: 'must be the ARN of an alias of a state machine',
};

/** Reads what the function rotates from its environment. */
export function parseRotation(json: string | undefined): Rotation {
  return readSettings(ROTATION_VARIABLE, json, read);
}

function read(fields: Fields): Rotation {
  const value = object(fields.value, 'value');
  const common = {
    name: text(fields.name, 'name'),
    value: {
      length: number(value.length, 'value.length', 1),
      alphabet: text(value.alphabet, 'value.alphabet'),
    },
    setSecret: optional(ownerCall, fields.setSecret, 'setSecret'),
    testSecret: optional(ownerCall, fields.testSecret, 'testSecret'),
    restart: optional(restartTarget, fields.restart, 'restart'),
    reason: text(fields.reason, 'reason'),
  };
  if (fields.store === 'aws-secrets-manager') return { store: 'aws-secrets-manager', ...common };
  if (fields.store !== 'google-secret-manager') {
    throw new FieldError('store', 'must be "aws-secrets-manager" or "google-secret-manager"');
  }
  return {
    store: 'google-secret-manager',
    ...common,
    secret: text(fields.secret, 'secret', SECRET),
    endpoint: text(fields.endpoint, 'endpoint'),
    roleArn: text(fields.roleArn, 'roleArn', ROLE_ARN),
    credentials: readCredentials(fields.credentials, 'credentials'),
    rotationSeconds: number(fields.rotationSeconds, 'rotationSeconds', 1),
    retryWindowSeconds: number(fields.retryWindowSeconds, 'retryWindowSeconds', 0),
    previousVersionGraceSeconds: number(fields.previousVersionGraceSeconds, 'previousVersionGraceSeconds', 0),
  };
}

function restartTarget(value: unknown, field: string): RestartTarget {
  const fields = object(value, field);
  const { certificateAuthority, deployments } = fields;
  if (!Array.isArray(deployments)) throw new FieldError(`${field}.deployments`, 'must be a list');
  return {
    host: text(fields.host, `${field}.host`),
    certificateAuthority: optional(text, certificateAuthority, `${field}.certificateAuthority`),
    namespace: text(fields.namespace, `${field}.namespace`, DNS_LABEL),
    deployments: deployments.map((each, index) => text(each, `${field}.deployments[${index}]`, DNS_LABEL)),
    roleArn: text(fields.roleArn, `${field}.roleArn`, ROLE_ARN),
    credentials: readCredentials(fields.credentials, `${field}.credentials`),
  };
}

function ownerCall(value: unknown, field: string): HookCall {
  const fields = object(value, field);
  const timeoutSeconds = number(fields.timeoutSeconds, `${field}.timeoutSeconds`, 1);
  if (fields.stateMachineArn === undefined) {
    return { functionArn: text(fields.functionArn, `${field}.functionArn`, FUNCTION_ALIAS), timeoutSeconds };
  }
  const stateMachineArn = text(fields.stateMachineArn, `${field}.stateMachineArn`, STATE_MACHINE_ALIAS);
  return { stateMachineArn, timeoutSeconds };
}
