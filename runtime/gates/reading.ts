import { GATE_VARIABLE, type GateReading } from '../../lib/contracts/gates';
import { FieldError, number, text, texts, type Fields } from '../shared/input/fields';
import { readCredentials, readSettings } from '../shared/input/settings';

/** Reads from the environment what the function is for. */
export function parseReading(json: string | undefined): GateReading {
  return readSettings(GATE_VARIABLE, json, read);
}

function read(reading: Fields): GateReading {
  const name = text(reading.name, 'name');
  if (reading.kind === 'metric') {
    return {
      kind: 'metric',
      name,
      namespace: text(reading.namespace, 'namespace'),
      metricName: text(reading.metricName, 'metricName'),
      dimensions: texts(reading.dimensions, 'dimensions'),
      statistic: text(reading.statistic, 'statistic'),
      periodSeconds: number(reading.periodSeconds, 'periodSeconds', 1),
      windowSeconds: number(reading.windowSeconds, 'windowSeconds', 1),
    };
  }
  if (reading.kind !== 'prediction') throw new FieldError('kind', 'must be "metric" or "prediction"');
  if (!Array.isArray(reading.value)) throw new FieldError('value', 'must be a list');
  return {
    kind: 'prediction',
    name,
    url: text(reading.url, 'url'),
    value: reading.value as (string | number)[],
    roleArn: text(reading.roleArn, 'roleArn'),
    credentials: readCredentials(reading.credentials, 'credentials'),
    reason: text(reading.reason, 'reason'),
  };
}
