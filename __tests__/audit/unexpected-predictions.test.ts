import type { TerraformStack } from 'cdktf';
import { unexpectedPrediction } from '../../lib/audit/queries';
import { VertexAccess } from '../../lib/vertex/vertex-access';
import { sibling, synthesized, testStack } from '../synth';
import { location, project, reader, READER } from '../vertex/fixtures';
import { made, metric, trail } from './google-trail-fixtures';

const PREDICTED =
  'log_id("cloudaudit.googleapis.com/data_access") AND protoPayload.serviceName="aiplatform.googleapis.com" AND protoPayload.methodName=~"PredictionService\\."';

const access = (stack: TerraformStack, id = 'reader', more: Parameters<typeof reader>[1] = {}) =>
  new VertexAccess(stack, `${id}-access`, {
    identity: reader(stack, more, id),
    project,
    location,
    reason: 'ranks the shelf',
  });

describe('an unexpected prediction', () => {
  const info = 'protoPayload.authenticationInfo';

  test('is any, where nobody was given access', () => {
    expect(metric(made(), 'unexpected-prediction')).toBe(PREDICTED);
  });

  test('is not one by pods that were given access, in either form of their name', () => {
    const stack = testStack();
    access(stack).generate();
    trail(stack);
    expect(metric(stack, 'unexpected-prediction')).toBe(
      `${PREDICTED} AND NOT (${info}.principalSubject="${READER}" OR ${info}.principalSubject="serviceAccount:my-project.svc.id.goog[books/reader]")`,
    );
  });

  test('is not one by a service account that was given access, by its e-mail', () => {
    const stack = testStack();
    access(stack, 'reader', { googleServiceAccount: { accountId: 'books-reader' } }).generate();
    trail(stack);
    expect(metric(stack, 'unexpected-prediction')).toBe(
      `${PREDICTED} AND NOT (${info}.principalEmail="books-reader@my-project.iam.gserviceaccount.com")`,
    );
  });

  test('knows those who are given access after the trail, and in other stacks', () => {
    const stack = testStack();
    trail(stack);
    access(stack, 'ranker').generate();
    access(sibling(stack, 'later'), 'searcher').predictProjectWide({ reason: 'asks Gemini' });
    const filter = metric(stack, 'unexpected-prediction');
    for (const name of ['ranker', 'searcher']) {
      expect(filter).toContain(`/subject/ns/books/sa/${name}"`);
      expect(filter).toContain(`serviceAccount:my-project.svc.id.goog[books/${name}]`);
    }
  });

  test('is one by whoever was given something else', () => {
    const stack = testStack();
    access(stack).readModels().uploadModel();
    trail(stack);
    expect(metric(stack, 'unexpected-prediction')).toBe(PREDICTED);
  });

  test('is one by whoever was given access in another project', () => {
    const stack = testStack();
    access(stack).generate();
    trail(stack, { project: { id: 'other-project' } });
    expect(metric(stack, 'unexpected-prediction')).toBe(PREDICTED);
  });

  test('is not one by a session of an AWS role that was given access', () => {
    const pool = 'iam.googleapis.com/projects/100000000001/locations/global/workloadIdentityPools/aws-jobs';
    const member = `principalSet://${pool}/attribute.aws_role/arn:aws:sts::111111111111:assumed-role/risk-gate-caller`;
    const filter = unexpectedPrediction([member]);
    const quoted = pool.replaceAll('.', '\\.');
    expect(filter).toBe(
      `${PREDICTED} AND NOT (${info}.principalSubject=~"^principal://${quoted}/subject/risk-gate-caller/[^/]+$")`,
    );
    const pattern = new RegExp(/=~"(\^.*\$)"/.exec(filter)![1]!);
    expect(pattern.test(`principal://${pool}/subject/risk-gate-caller/7b0e7f3c`)).toBe(true);
    expect(pattern.test(`principal://${pool}/subject/risk-gate-caller-2/7b0e7f3c`)).toBe(false);
    expect(pattern.test(`principal://${pool}/subject/other/risk-gate-caller/7b0e7f3c`)).toBe(false);
    expect(pattern.test(member)).toBe(false);
  });

  test('is not one by an identity of a pool or a domain whose members the log does not show', () => {
    const pool = 'iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/aws';
    expect(unexpectedPrediction([`principalSet://${pool}/*`, 'group:team@example.com'])).toBe(
      `${PREDICTED} AND NOT (${info}.principalSubject=~"^principal://${pool.replaceAll('.', '\\.')}/subject/.+$" OR ${info}.principalEmail=~"@example\\.com$")`,
    );
  });

  const crowded = (count: number) => {
    const stack = testStack();
    trail(stack);
    for (let index = 0; index < count; index += 1) {
      access(stack, `r${String(index).padStart(2, '0')}`).generate();
    }
    return stack;
  };
  // 158 characters for those who are asked about, 294 for each of them, 4 between two.
  const room = Math.floor((20_000 - unexpectedPrediction([]).length) / unexpectedPrediction([READER]).length);

  test('of more callers than a filter holds is refused when the app is synthesized', () => {
    expect(() => synthesized(crowded(3 * room))).toThrow(
      /prod\/audit: unexpected-prediction: its filter has \d{5} characters, of 20000 at most\. Let more workloads share an identity, or keep them in several projects\./,
    );
  });

  test('of as many callers as a filter holds is written', () => {
    expect(metric(crowded(room), 'unexpected-prediction').length).toBeLessThanOrEqual(20_000);
  });
});
