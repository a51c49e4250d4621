import type { MetricReading, PredictionReading } from '../../../lib/contracts/gates';
import { gateOf } from '../../../runtime/gates/gate';
import { parseReading } from '../../../runtime/gates/reading';
import { parseRequest } from '../../../runtime/gates/request';
import { Monitoring } from '../../lanes/steps/monitoring';
import { VertexServer } from '../../lanes/steps/vertex-server';
import { ownCredentials, tokenServers } from '../first-calls';
import { CALLER, EXECUTION, failure, ROLE, RUN, type Line } from '../harness';
import { MARKER } from '../token-servers';

/* What gates do with good and bad answers of the clouds is the matter of the lane `test:steps`. */

const metric: MetricReading = {
  kind: 'metric',
  name: 'backlog',
  namespace: 'AWS/SQS',
  metricName: 'Backlog',
  dimensions: { QueueName: 'jobs & "more"', Zone: 'a' },
  statistic: 'Maximum',
  periodSeconds: 60,
  windowSeconds: 600,
};
const NOW = Date.parse('2026-11-21T12:00:00Z');
const tokens = tokenServers();
const monitoring = new Monitoring();
const vertex = new VertexServer((token) => tokens.sessionOf(token) !== undefined);
const lines: Line[] = [];
let prediction: PredictionReading;

beforeAll(async () => {
  await Promise.all([tokens.start(), monitoring.start(), vertex.start()]);
  prediction = {
    kind: 'prediction',
    name: 'drift',
    url: `${vertex.url}/v1/projects/p/locations/l/endpoints/42:predict`,
    value: ['predictions', 0, 'score'],
    roleArn: ROLE,
    credentials: ownCredentials(tokens),
    reason: 'no training without drift',
  };
});
afterAll(() => Promise.all([tokens.stop(), monitoring.stop(), vertex.stop()]));
beforeEach(() => {
  lines.length = 0;
  tokens.requests.length = 0;
  vertex.seen.length = 0;
});

function gate(reading: MetricReading | PredictionReading) {
  const note = (level: Line['level']) => (message: string, facts: object) =>
    void lines.push({ level, message, ...facts });
  return gateOf({
    reading,
    home: {
      region: 'eu-west-1',
      stsEndpoint: tokens.stsEndpoint,
      credentials: { ...CALLER, token: CALLER.sessionToken },
    },
    monitoringEndpoint: monitoring.url,
    clock: { now: () => NOW, sleep: () => Promise.resolve(), random: () => 0.5 },
    log: { info: note('info'), warn: note('warn') },
  });
}
const asked = { execution: EXECUTION, step: 'Gate?' };

test('a metric is asked for over its window up to now, with all of its dimensions', async () => {
  monitoring.has([{ at: '2026-11-21T11:59:00Z', value: 0 }]);
  // Nothing is a value too.
  expect(await gate(metric)(asked)).toEqual({ value: 0, at: '2026-11-21T11:59:00.000Z' });
  const series = 'MetricDataQueries.member.1.MetricStat';
  expect(monitoring.asked.at(-1)).toEqual({
    Action: 'GetMetricData',
    Version: '2010-08-01',
    StartTime: '2026-11-21T11:50:00.000Z',
    EndTime: '2026-11-21T12:00:00.000Z',
    ScanBy: 'TimestampDescending',
    'MetricDataQueries.member.1.Id': 'reading',
    [`${series}.Period`]: '60',
    [`${series}.Stat`]: 'Maximum',
    [`${series}.Metric.Namespace`]: 'AWS/SQS',
    [`${series}.Metric.MetricName`]: 'Backlog',
    [`${series}.Metric.Dimensions.member.1.Name`]: 'QueueName',
    [`${series}.Metric.Dimensions.member.1.Value`]: 'jobs & "more"',
    [`${series}.Metric.Dimensions.member.2.Name`]: 'Zone',
    [`${series}.Metric.Dimensions.member.2.Value`]: 'a',
  });
});

test('an Express execution asks too, and a prediction has its run id', async () => {
  const id = '0b7d1c6e-5a3f-4a53-9c0e-6a1f2b3c4d5e';
  const execution = `arn:aws:states:eu-west-1:210987654321:express:nightly:call-7:${id}`;
  monitoring.has([{ at: '2026-11-21T11:59:00Z', value: 5 }]);
  expect(await gate(metric)({ ...asked, execution })).toMatchObject({ value: 5 });
  vertex.prediction = { status: 200, body: { predictions: [{ score: 0.9 }] } };
  await gate(prediction)({ ...asked, execution, instances: [1] });
  expect(tokens.to('aws-sts').at(-1)?.body).toMatchObject({ RoleSessionName: id });
});

test.each<[string, string]>([
  ['a page', '<html></html>'],
  ['an answer that was cut', '<GetMetricDataResponse><StatusCode>Complete</StatusCode><Values><member>5'],
  ['a value without a time', '<StatusCode>Complete</StatusCode><Values><member>5</member></Values>'],
  [
    'a value that is no number',
    '<StatusCode>Complete</StatusCode><Timestamps><member>2026-11-21T11:59:00Z</member></Timestamps><Values><member>many</member></Values>',
  ],
  [
    'a time that is none',
    '<StatusCode>Complete</StatusCode><Timestamps><member>now</member></Timestamps><Values><member>5</member></Values>',
  ],
  [
    'an error among the data',
    '<StatusCode>InternalError</StatusCode><Timestamps><member>2026-11-21T11:59:00Z</member></Timestamps><Values><member>5</member></Values>',
  ],
])('%s of CloudWatch is no value', async (_, body) => {
  monitoring.says(body);
  const error = await failure(gate(metric)(asked));
  expect(error.name).toBe('Gate.NoData');
  expect(error.message).toMatch(
    new RegExp(
      `^The metric Backlog has no .* of the last 600 seconds\\. Gate backlog, execution ${EXECUTION}\\.$`,
    ),
  );
});

test.each<[unknown, number | string | boolean]>([
  [0.9, 0.9],
  [0, 0],
  [false, false],
  ['', ''],
  ['approve', 'approve'],
])('the value %j of a prediction is given on as it is', async (score, expected) => {
  vertex.prediction = { status: 200, body: { predictions: [{ score }] } };
  expect(await gate(prediction)({ ...asked, instances: [1] })).toEqual({
    value: expected,
    at: '2026-11-21T12:00:00.000Z',
  });
});

test.each<[string, unknown]>([
  ['what every object has', { predictions: [{}] }],
  ['an object', { predictions: [{ toString: { a: 1 } }] }],
  ['no text', 'predictions'],
  ['nothing', null],
])('%s is no value of a prediction', async (_, body) => {
  vertex.prediction = { status: 200, body };
  const reading = { ...prediction, value: ['predictions', 0, 'toString'] };
  const error = await failure(gate(reading)({ ...asked, instances: [1] }));
  expect(error.name).toBe('Gate.NoValue');
  expect(error.message).toContain('The prediction has no value at ["predictions",0,"toString"].');
});

test('the run is the session of the role, and its second call takes the token of the first', async () => {
  vertex.prediction = { status: 200, body: { predictions: [{ score: 1 }] } };
  const read = gate(prediction);
  await read({ ...asked, instances: [1] });
  await read({ ...asked, instances: [1] });
  expect(tokens.requests.map(({ service }) => service)).toEqual(['aws-sts', 'google-sts']);
  expect(tokens.requests[0]!.body).toMatchObject({ RoleArn: ROLE, RoleSessionName: RUN });
});

test('what Vertex AI says of a refusal is told without a token', async () => {
  vertex.prediction = {
    status: 400,
    body: { error: { status: 'INVALID_ARGUMENT', message: `no: Bearer ya29.${MARKER}` } },
  };
  const error = await failure(gate(prediction)({ ...asked, instances: [1] }));
  expect(error.name).toBe('Gate.Rejected');
  expect(error.message).toMatch(
    /^Vertex AI rejected the request with 400: INVALID_ARGUMENT: no: .*\[removed\].* Gate drift, /,
  );
  expect(`${error.stack}${JSON.stringify(lines)}`).not.toContain(MARKER);
  expect(lines.at(-1)).toMatchObject({ gate: 'drift', run: RUN, step: 'Gate?', error: 'Gate.Rejected' });
});

test.each<[string, MetricReading['kind'] | PredictionReading['kind'], unknown]>([
  ['request must be an object', 'metric', 'Gate?'],
  ['execution is required', 'metric', { step: 'x' }],
  ['execution must be the ARN of an execution', 'metric', { execution: 'x', step: 'x' }],
  ['step must not be empty', 'metric', { execution: EXECUTION, step: '' }],
  ['instances must be a list of one or more', 'prediction', asked],
  ['instances must be a list of one or more', 'prediction', { ...asked, instances: [] }],
  ['instances must be a list of one or more', 'prediction', { ...asked, instances: { 0: 1 } }],
])('a request is refused: %s (%s)', (message, kind, event) => {
  expect(() => parseRequest(event, { ...metric, kind } as MetricReading)).toThrow(
    expect.objectContaining({
      name: 'Gate.BadRequest',
      message: `The request is malformed: ${message}.`,
    }),
  );
});

test('a metric has no instances, whatever is sent', () => {
  expect(parseRequest({ ...asked, instances: [1], more: 2 }, metric)).toEqual(asked);
});

test.each<[string, string | undefined]>([
  ['GATE_READING is required', undefined],
  ['GATE_READING must be JSON', '{'],
  ['GATE_READING: kind must be "metric" or "prediction"', JSON.stringify({ name: 'x', kind: 'log' })],
  [
    'GATE_READING: windowSeconds must be a number of at least 1',
    JSON.stringify({ ...metric, windowSeconds: 0 }),
  ],
  ['GATE_READING: dimensions["Zone"] must be a text', JSON.stringify({ ...metric, dimensions: { Zone: 1 } })],
  ['GATE_READING: value must be a list', JSON.stringify({ name: 'x', kind: 'prediction', value: 'a' })],
  ['GATE_READING: url is required', JSON.stringify({ name: 'x', kind: 'prediction', value: [] })],
])('a setting is refused: %s', (message, json) => {
  expect(() => parseReading(json)).toThrow(`${message}.`);
});

test('settings are read as they are', () => {
  for (const reading of [metric, prediction]) {
    expect(parseReading(JSON.stringify(reading))).toEqual(JSON.parse(JSON.stringify(reading)));
  }
});
