import { TRAINING_VARIABLE, type TrainingKind, type TrainingTarget } from '../../lib/contracts/training';
import { optional, text, type Fields, type Form } from '../shared/input/fields';
import { readCredentials, readSettings } from '../shared/input/settings';

const KIND: Form = { pattern: /^(customJobs|pipelineJobs)$/, rule: 'must be customJobs or pipelineJobs' };

/** Reads the target of the function from its environment. */
export function parseTarget(json: string | undefined): TrainingTarget {
  return readSettings(TRAINING_VARIABLE, json, read);
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
    credentials: readCredentials(target.credentials, 'credentials'),
    reason: text(target.reason, 'reason'),
  };
}
