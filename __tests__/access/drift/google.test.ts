import { googleAssetsExport } from '../../../lib/access/drift/exports/google-assets';
import { accessDrift } from '../../../lib/access/drift/drift';
import { graphOf } from '../graph/graph-of';
import { driftLines, projectPolicy } from './drift-of';

const reader = 'serviceAccount:reader@books.iam.gserviceaccount.com';
const until = (day: string) => ({
  title: 'until',
  expression: `request.time < timestamp("2026-${day}T00:00:00Z")`,
});
const member = (role: string, more: object = {}) => ({
  google_project_iam_member: { x: { project: 'books', role, member: reader, ...more } },
});

test('the same binding is no drift', () => {
  const stack = member('roles/logging.viewer', { condition: [until('06-01')] });
  const live = { role: 'roles/logging.viewer', members: [reader], condition: until('06-01') };
  expect(driftLines(stack, projectPolicy(live))).toEqual([]);
});

test.each<[string, object, object[], string[]]>([
  [
    'another role',
    {},
    [{ role: 'roles/editor', members: [reader] }],
    [
      'extra | google.serviceAccount/reader@books.iam.gserviceaccount.com -> google.resource/project:books | roles/editor',
    ],
  ],
  [
    'a member that was added',
    {},
    [{ role: 'roles/logging.viewer', members: ['allUsers'] }],
    ['extra | google.member/allUsers -> google.resource/project:books | roles/logging.viewer'],
  ],
])('finds %s', (_, more, added, lines) => {
  const stack = member('roles/logging.viewer', more);
  const live = { role: 'roles/logging.viewer', members: [reader] };
  expect(driftLines(stack, projectPolicy(live, ...added))).toEqual(lines);
});

test('a later end is a weakened condition, and an earlier one is missing access', () => {
  const stack = member('roles/logging.viewer', { condition: [until('06-01')] });
  const live = (condition?: object) =>
    driftLines(stack, projectPolicy({ role: 'roles/logging.viewer', members: [reader], condition })).map(
      (line) => line.split(' ')[0],
    );
  expect(live(until('12-01'))).toEqual(['weakened']);
  expect(live()).toEqual(['weakened']);
  expect(live(until('01-01'))).toEqual(['missing']);
});

test('a condition that cannot be decided is not compared', () => {
  const odd = { title: 'odd', expression: 'api.getAttribute("x", []).hasOnly(["y"]) && size("a") > 2' };
  const stack = member('roles/logging.viewer', { condition: [until('06-01')] });
  const live = projectPolicy({ role: 'roles/logging.viewer', members: [reader], condition: odd });
  const { findings, notCompared } = accessDrift(graphOf(stack), [live]);
  expect(findings).toEqual([]);
  expect(notCompared.some(({ edge }) => edge?.conditions?.includes(odd.expression))).toBe(true);
});

test('a service agent with its role is of the cloud, and with another role it is extra', () => {
  const agent = 'serviceAccount:service-123456789012@gcp-sa-aiplatform.iam.gserviceaccount.com';
  const live = (role: string, holder = agent) => driftLines({}, projectPolicy({ role, members: [holder] }));
  expect(live('roles/aiplatform.serviceAgent')).toEqual([]);
  expect(live('roles/owner')).toHaveLength(1);
  expect(
    live('roles/aiplatform.serviceAgent', 'serviceAccount:service-1@evil.iam.gserviceaccount.com'),
  ).toHaveLength(1);
});

test('access in a project that no file has is not compared', () => {
  const stack = {
    google_project_iam_member: { x: { project: 'shop', role: 'roles/viewer', member: reader } },
  };
  const { findings, notCompared } = accessDrift(graphOf(stack), [projectPolicy()]);
  expect(findings).toEqual([]);
  expect(notCompared.map(({ reason }) => reason)).toEqual(['No file has the policy of project:shop.']);
});

describe('a name that is known after apply', () => {
  const stack = {
    google_logging_project_sink: { s: { name: 's', destination: 'x' } },
    google_pubsub_topic_iam_member: {
      x: {
        project: 'books',
        topic: 'deployments',
        role: 'roles/pubsub.publisher',
        member: '${google_logging_project_sink.s.writer_identity}',
      },
    },
  };
  const topic = (...members: readonly string[]) =>
    googleAssetsExport('assets.json', [
      {
        resource: '//pubsub.googleapis.com/projects/books/topics/deployments',
        policy: { bindings: [{ role: 'roles/pubsub.publisher', members }] },
      },
    ]);
  const writer = 'serviceAccount:service-1@gcp-sa-logging.iam.gserviceaccount.com';

  test('explains one member, and is listed as not compared', () => {
    const { findings, notCompared } = accessDrift(graphOf(stack), [topic(writer)]);
    expect(findings).toEqual([]);
    expect(notCompared.map(({ reason }) => reason)).toEqual(['A part of the access is known after apply.']);
  });

  test('explains none of two members', () => {
    expect(driftLines(stack, topic(writer, 'user:stranger@example.com'))).toHaveLength(2);
  });
});
