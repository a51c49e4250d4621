import { pathsText, answersMarkdown } from '../../../lib/access/formats/path-text';
import { AccessQuestions } from '../../../lib/access/questions/answers';
import { QuestionError } from '../../../lib/access/questions/question-error';
import { graphOf, policy } from '../graph/graph-of';

const trust = (aws: string) => policy({ Effect: 'Allow', Principal: { AWS: aws }, Action: 'sts:AssumeRole' });
const arn = (role: string) => `arn:aws:iam::123456789012:role/${role}`;
const allow = (action: string | string[], resource: string, more: object = {}) =>
  policy({ Effect: 'Allow', Action: action, Resource: resource, ...more });

const resources = {
  aws_iam_role: {
    a: {
      name: 'a',
      assume_role_policy: trust(arn('b')),
      '//': { reason: 'reads books', owner: 'team-books' },
    },
    b: { name: 'b', assume_role_policy: trust(arn('a')) },
    c: { name: 'c', assume_role_policy: trust(arn('b')) },
  },
  aws_iam_role_policy: {
    c: { role: 'c', policy: allow(['s3:Get*'], 'arn:aws:s3:::books/*') },
    d: {
      role: 'a',
      policy: policy(
        { Effect: 'Deny', Action: 'sqs:*', Resource: '*' },
        { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-west-1:1:jobs' },
      ),
    },
  },
  google_project_iam_member: {
    viewer: { project: 'p', role: 'roles/storage.objectViewer', member: 'group:staff@example.com' },
  },
  google_storage_bucket_iam_member: {
    bucket: {
      bucket: 'data',
      role: 'roles/storage.admin',
      member: 'user:ada@example.com',
      '//': { reason: 'owns | `it`\n<b>' },
    },
  },
};
const questions = new AccessQuestions(graphOf(resources));
const ends = (answers: ReturnType<AccessQuestions['whoCan']>) =>
  answers
    .map(({ identity, certainty }) => `${identity.label}${certainty === 'possible' ? ' (possible)' : ''}`)
    .sort();

test('who can: directly, by trust in a cycle, in any case of letters', () => {
  expect(ends(questions.whoCan('s3:getobject', 'books'))).toEqual(['a', 'b', 'c']);
  expect(questions.whoCan('s3:PutObject', 'books')).toEqual([]);
});

test('who can by a predefined role: as the table says, else a permission of its service is possible', () => {
  // The project of the bucket is not known, so a role on a project can include it.
  expect(ends(questions.whoCan('storage.objects.get', 'data'))).toEqual([
    'group:staff@example.com (possible)',
    'user:ada@example.com',
  ]);
  expect(ends(questions.whoCan('storage.objects.delete', 'data'))).toEqual(['user:ada@example.com']);
  // Newer than the table.
  expect(ends(questions.whoCan('storage.objects.paint', 'data'))).toEqual([
    'group:staff@example.com (possible)',
    'user:ada@example.com (possible)',
  ]);
  expect(ends(questions.whoCan('roles/storage.admin', 'data'))).toEqual(['user:ada@example.com']);
  expect(questions.whoCan('pubsub.topics.publish', 'data')).toEqual([]);
});

test('a denial without a condition takes the permission', () => {
  expect(questions.whoCan('sqs:SendMessage', 'jobs')).toEqual([]);
  expect(questions.whatCan('a').map(({ resource }) => resource.label)).toEqual(['books']);
});

test('what can: through every role', () => {
  expect(questions.whatCan('b').map(({ resource, path }) => [resource.label, path.length])).toEqual([
    ['books', 2],
  ]);
});

test('why: each edge with its reason, as text and in Markdown', () => {
  const answers = questions.why('a', 'books');
  expect(pathsText(answers, (id) => questions.node(id))).toMatchInlineSnapshot(`
   "Path 1
     1. role a becomes role b.
          reason: reads books, owner: team-books
          prod: aws_iam_role.b
     2. role b becomes role c.
          prod: aws_iam_role.c
     3. role c has s3:Get* on resource books.
          prod: aws_iam_role_policy.c"
  `);
  expect(questions.why('c', 'jobs')).toEqual([]);
});

test('names and reasons cannot change a table', () => {
  const markdown = answersMarkdown(questions.whatCan('user:ada@example.com'), (id) => questions.node(id));
  const [, , row = ''] = markdown.split('\n');
  expect(markdown.split('\n')).toHaveLength(3);
  expect(row.split(/(?<!\\)\|/)).toHaveLength(8);
  const [, identity, ...others] = row.split(/(?<!\\)\|/);
  expect(identity).toBe(' `member user:ada@example.com` ');
  expect(others.join()).not.toMatch(/<b>|(?<!\\)`it|@example/);
});

test.each([
  [
    'an identity',
    () => questions.whatCan('bb'),
    'identity must be a node of the access graph (got "bb"). Did you mean "b"?',
  ],
  [
    'a resource',
    () => questions.whoCan('s3:GetObject', 'boks'),
    'resource must be a node of the access graph (got "boks"). Did you mean "books"?',
  ],
  [
    'nothing alike',
    () => questions.why('a', 'zzzzzzzzzz'),
    'resource must be a node of the access graph (got "zzzzzzzzzz").',
  ],
])('%s that the graph does not have', (_, ask, message) => {
  expect(ask).toThrow(new QuestionError(message));
});

test.each([
  ['the id', 'aws.role/a'],
  ['the ARN', arn('a')],
  ['the address', 'aws_iam_role.a'],
  ['capitals', 'A'],
])('an identity is found by %s', (_, name) => {
  expect(questions.whatCan(name)).toHaveLength(1);
});
