import { matchesQuery } from './logging-query';

/* Rules and examples of https://cloud.google.com/logging/docs/view/logging-query-language */

const entry = {
  logName: 'projects/my-project/logs/cloudaudit.googleapis.com%2Factivity',
  severity: 'ERROR',
  resource: { type: 'gce_instance', labels: { zone: 'us-central1-a' } },
  labels: { 'k8s-pod/app': 'books' },
  jsonPayload: { message: 'Stopped Unattended Upgrades', count: 7, cat: { name: 'Siamese' } },
  protoPayload: { authorizationInfo: [{ granted: true }, { granted: false }], status: {} },
};

test.each<[string, boolean]>([
  ['resource.type = "gce_instance"', true],
  ['resource.type = "GCE_Instance"', true],
  ['resource.type =~ "GCE"', false],
  ['resource.type =~ "^gce_"', true],
  ['jsonPayload.message:"upgrades"', true],
  ['jsonPayload.count>=7', true],
  ['jsonPayload.count>7', false],
  ['labels."k8s-pod/app"="books"', true],
  ['log_id("cloudaudit.googleapis.com/activity")', true],
  ['log_id("cloudaudit.googleapis.com/data_access")', false],
  ['protoPayload.authorizationInfo.granted=false', true],
  ['jsonPayload.dog="x"', false],
  ['NOT jsonPayload.dog="x"', true],
  ['jsonPayload.dog!="x"', false],
  ['jsonPayload.cat:*', true],
  ['jsonPayload.dog:*', false],
  ['-resource.type="k8s_cluster"', true],
  ['resource.type="gce_instance"\nseverity="ERROR"', true],
  ['resource.type="gce_instance"\nseverity="INFO"', false],
])('%s matches the entry: %s', (query, matches) => {
  expect(matchesQuery(query, entry)).toBe(matches);
});

test('NOT comes before OR, and OR before AND', () => {
  // "a OR NOT b AND NOT c OR d" is "(a OR (NOT b)) AND ((NOT c) OR d)".
  const [yes, no] = ['severity="ERROR"', 'severity="INFO"'];
  for (const bits of Array.from({ length: 16 }, (_, index) => index)) {
    const [a, b, c, d] = [1, 2, 4, 8].map((bit) => (bits & bit ? yes : no)) as [
      string,
      string,
      string,
      string,
    ];
    const query = `${a} OR NOT ${b} AND NOT ${c} OR ${d}`;
    expect(matchesQuery(query, entry)).toBe((a === yes || b === no) && (c === no || d === yes));
  }
});

test.each(['severity', 'severity=', '(severity="ERROR"', 'severity="ERROR" OR', 'severity ? "x"'])(
  '%s is not a query',
  (query) => {
    expect(() => matchesQuery(query, entry)).toThrow(SyntaxError);
  },
);
