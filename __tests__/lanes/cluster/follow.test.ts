import { VertexTrainingStep } from '../../../lib/orchestration/training/vertex-training-step';
import { VertexTrainingTarget } from '../../../lib/orchestration/training/vertex-training-target';
import { VertexJob } from '../../../lib/orchestration/training/vertex-job';
import { VertexTrainingIdentity } from '../../../lib/vertex/vertex-training-identity';
import { account, IMAGE, project } from '../../orchestration/fixtures';
import type { Json } from '../../synth';
import { VertexServer } from '../steps/vertex-server';
import { job, machine, targets } from './orchestration/machines';
import { Orchestration, onNode22 } from './orchestration/orchestration';

const UUID = '0f8fad5b-d9cb-469f-a165-70867728950e';

onNode22('one id, from the execution to the last log', () => {
  const { stack, etl, federation } = targets();
  const training = new VertexTrainingTarget(stack, 'trainer', {
    name: 'trainer',
    account,
    federation,
    project,
    location: 'us-central1',
    runAs: new VertexTrainingIdentity(stack, 'identity', {
      project,
      location: 'us-central1',
      accountId: 'trainer',
      reason: 'runs trainings',
    }),
    kind: 'customJob',
    reason: 'trains the recommender',
  });
  machine(
    stack,
    'story',
    job('Prepare', etl, { 'termination-message': '{}' }).next(
      new VertexTrainingStep('Train', {
        target: training,
        job: VertexJob.custom({ image: IMAGE, machineType: 'n1-standard-8' }),
        poll: { initialSeconds: 1, maxSeconds: 2 },
      }),
    ),
  );
  const life = new Orchestration(stack);
  const vertex = new VertexServer((token) => life.tokens.some((each) => each.sessionOf(token) !== undefined));
  beforeAll(async () => {
    await vertex.start();
    life.vertexUrl = vertex.url;
    await life.start();
  });
  afterAll(async () => {
    await life.stop();
    await vertex.stop();
  });

  test.each([
    ['a UUID, which is the id', UUID, UUID],
    // The first 32 digits of the SHA-256 of the ARN: `printf %s ARN | sha256sum`.
    ['another, of which the hash is the id', 'nightly-2026-11-21', '0223a36b7d00cfa1c8f8efdbc8505c03'],
  ])('an execution with %s', async (_, name, id) => {
    for (const each of life.tokens) each.requests.length = 0;
    const [seen, asked] = [life.gateway.callers.length, vertex.seen.length];
    const { execution, error } = await life.run('story', { name }).ended;
    expect(error).toBeUndefined();
    expect(execution).toBe(`arn:aws:states:eu-west-1:210987654321:execution:story:${name}`);

    // Step Functions -> Lambda: each line has the execution and the id.
    const lines = life.logs
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line)
      .filter((line) => line.run === id);
    expect(new Set(lines.map((line) => line.execution))).toEqual(new Set([execution]));
    expect(new Set(lines.map(({ step }) => step))).toEqual(new Set(['Prepare', 'Train']));

    // Lambda -> AWS role: the session is the id. CloudTrail keeps it.
    const requests = life.tokens.flatMap((each) => each.requests);
    const of = (service: string) => requests.filter((request) => request.service === service);
    expect(of('aws-sts').map(({ body }) => [body.RoleArn, body.RoleSessionName])).toEqual([
      ['arn:aws:iam::210987654321:role/etl-gke', id],
      ['arn:aws:iam::210987654321:role/trainer-training-caller', id],
    ]);

    // AWS role -> Google: the subject of the exchange ends in the session.
    const sessions = [`etl-gke/${id}`, `trainer-training-caller/${id}`];
    expect(of('google-sts').map(({ identity }) => identity)).toEqual(
      sessions.map((session) => `arn:aws:sts::210987654321:assumed-role/${session}`),
    );

    // Google account: who stands behind it is in this log, and in none after it.
    expect(of('iam-credentials').map(({ identity }) => identity)).toEqual([
      `arn:aws:sts::210987654321:assumed-role/etl-gke/${id}`,
    ]);

    // Every request to Google, the API server and Vertex AI says the id in its reason and its user agent.
    const toGoogle = [...of('google-sts'), ...of('iam-credentials')].map(({ headers }) => headers);
    const toVertex = vertex.seen.slice(asked).map(({ headers }) => headers);
    const said = [
      ...life.gateway.callers.slice(seen),
      ...[...toGoogle, ...toVertex].map((headers) => ({
        userAgent: String(headers['user-agent']),
        reason: String(headers['x-goog-request-reason']),
      })),
    ];
    expect(said.length).toBeGreaterThan(6);
    for (const { userAgent, reason } of said) {
      expect(userAgent).toMatch(new RegExp(`^cdktf-multicloud-(jobs|training)/\\S+ run/${id}$`));
      expect(reason).toMatch(new RegExp(`^run=${id};target=(etl|trainer);reason=`));
    }

    // The Job and its pods, and the training.
    const [prepared] = life
      .jobs('etl')
      .filter(({ metadata }) => labelsOf(metadata!)[`${DOMAIN}/execution`] === id);
    expect(annotationsOf(prepared!.metadata!)[`${DOMAIN}/execution-arn`]).toBe(execution);
    const { template } = prepared!.spec as unknown as { template: { metadata: Json } };
    expect(labelsOf(template.metadata)[`${DOMAIN}/execution`]).toBe(id);
    expect([...vertex.jobs.values()].map(({ labels }) => labels.execution)).toContain(id);
  });
});

const DOMAIN = 'cdktf-multicloud.dev';

interface Line {
  readonly execution: string;
  readonly run: string;
  readonly step: string;
}

function labelsOf(metadata: Json): Record<string, string> {
  return (metadata as unknown as { labels: Record<string, string> }).labels;
}

function annotationsOf(metadata: Json): Record<string, string> {
  return (metadata as unknown as { annotations: Record<string, string> }).annotations;
}
