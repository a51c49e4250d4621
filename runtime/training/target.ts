import { TRAINING_VARIABLE, type TrainingKind, type TrainingTarget } from '../../lib/contracts/training';
import { FieldError, object, optional, text, type Fields, type Form } from '../shared/input/fields';

const KIND: Form = { pattern: /^(customJobs|pipelineJobs)$/, rule: 'must be customJobs or pipelineJobs' };

/** Reads the target of the function from its environment. */
export function parseTarget(json: string | undefined): TrainingTarget {
  try {
    if (json === undefined) throw new FieldError('target', 'is missing');
    return read(object(JSON.parse(json), 'target'));
  } catch (cause) {
    if (!(cause instanceof FieldError || cause instanceof SyntaxError)) throw cause;
    throw new Error(`The environment variable ${TRAINING_VARIABLE} is malformed: ${cause.message}`, {
      cause,
    });
  }
}

function read(target: Fields): TrainingTarget {
  return {
    name: text(target.name, 'name'),
    kind: text(target.kind, 'kind', KIND) as TrainingKind,
    endpoint: text(target.endpoint, 'endpoint'),
    project: text(target.project, 'project'),
    location: text(target.location, 'location'),
    runAs: text(target.runAs, 'runAs'),
    bucket: text(target.bucket, 'bucket'),
    networkAttachment: optional(text, target.networkAttachment, 'networkAttachment'),
    roleArn: text(target.roleArn, 'roleArn'),
    credentials: object(target.credentials, 'credentials') as unknown as TrainingTarget['credentials'],
    reason: text(target.reason, 'reason'),
  };
}
