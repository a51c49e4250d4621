import { decide } from '../../../../lib/access/decide';

const compare = (a: unknown, b: unknown) => decide('gcp-condition', a, b);
const within = { relation: 'within' };
const broader = (attributes: object, absent: string[] = []) => ({
  relation: 'broader',
  witness: { attributes, absent },
});
const unknown = (reason: string) => ({ relation: 'unknown', reason });

const repository = "assertion.repository == 'org/repo'";
const onMain = "assertion.ref == 'refs/heads/main'";
const untilMay = 'request.time < timestamp("2026-05-01T00:00:00Z")';
const untilJune = 'request.time < timestamp("2026-06-01T00:00:00Z")';
const bucket = 'resource.type == "storage.googleapis.com/Bucket"';

test.each([
  ['one more requirement', `${repository} && ${onMain}`, repository],
  ['another order', `${onMain} && ${repository}`, `${repository} && ${onMain}`],
  ['another spelling', "'org/repo' == assertion['repository']", repository],
  ['a value of a prefix', repository, "assertion.repository.startsWith('org/')"],
  ['values of a list', "assertion.x in ['a', 'b']", "assertion.x == 'b' || assertion.x == 'a'"],
  [
    'the law of De Morgan',
    "!(assertion.x == 'a' || assertion.y == 'b')",
    "assertion.x != 'a' && assertion.y != 'b'",
  ],
  ['an earlier end', untilMay, untilJune],
  ['a flipped comparison', 'timestamp("2026-05-01T02:00:00+02:00") > request.time', untilMay],
  ['a requirement of presence', repository, 'has(assertion.repository)'],
  ['a key of the claims', "'repository' in assertion", 'has(assertion.repository)'],
  ['a matching text', "attribute.x == 'ab'", "attribute.x.matches('^a[a-c]$')"],
  ['equal languages', "attribute.x.matches('^(?:dev|prod)/.*$')", "attribute.x.matches('^(dev|prod)/.*$')"],
  ['a regular expression without anchors', "attribute.x.matches('b')", "attribute.x.contains('b')"],
  ['a tag', "resource.matchTag('123/env', 'prod')", "resource.hasTagKey('123/env')"],
  ['no tag', "!resource.hasTagKey('123/env')", "!resource.matchTag('123/env', 'prod')"],
  ['the service of a type', 'resource.service == "a" && resource.type == "a/B"', 'resource.service == "a"'],
  ['no condition', untilMay, undefined],
  ['nothing', 'false', repository],
  ['comments and raw texts', 'attribute.x == r"a\\b" // why', "attribute.x == 'a\\\\b'"],
  ['a Unicode escape', "attribute.x == '\\u00e9\\x41\\101'", "attribute.x == 'éAA'"],
])('%s: within', (_, a, b) => {
  expect(compare(a, b)).toEqual(within);
});

test.each(
  [
    [
      'a requirement less',
      repository,
      `${repository} && ${onMain}`,
      broader({ 'assertion.ref': 'x', 'assertion.repository': 'org/repo' }),
    ],
    [
      'a prefix',
      "assertion.repository.startsWith('org/')",
      repository,
      broader({ 'assertion.repository': 'org/' }),
    ],
    ['a later end', untilJune, untilMay, broader({ 'request.time': '2026-05-01T00:00:00.000Z' })],
    [
      'one more name',
      `${bucket} && resource.name.startsWith("projects/_/buckets/")`,
      `${bucket} && resource.name.startsWith("projects/_/buckets/a")`,
      broader({ 'resource.name': 'projects/_/buckets/', 'resource.type': 'storage.googleapis.com/Bucket' }),
    ],
    ['no condition at all', undefined, untilMay, broader({ 'request.time': '2026-05-01T00:00:00.000Z' })],
    ['true', 'true', "attribute.x == 'a'", broader({ 'attribute.x': 'x' })],
    ['a missing attribute', 'true', "attribute.x == 'a' || attribute.x != 'a'", broader({}, ['attribute.x'])],
    [
      'a request without a tag',
      'true',
      "resource.matchTag('1/e', 'a') || resource.matchTag('1/e', 'b')",
      broader({ 'tag 1/e': 'x' }),
    ],
    [
      'a regular expression without an anchor',
      "attribute.x.matches('^a')",
      "attribute.x.matches('^a$')",
      broader({ 'attribute.x': 'ax' }),
    ],
    [
      'a dot of a regular expression',
      "attribute.x.matches('^a.com$')",
      "attribute.x.matches('^a\\\\.com$')",
      broader({ 'attribute.x': 'axcom' }),
    ],
    ['a subject', "google.subject != 'a'", "google.subject == 'b'", broader({ 'google.subject': 'x' })],
  ].filter(([name]) => name !== 'no condition'),
)('%s is broader', (_, a, b, expected) => {
  expect(compare(a, b)).toEqual(expected);
});

describe('a missing attribute', () => {
  const x = "attribute.x == 'a'";
  const y = "attribute.y == 'b'";
  test('is an error, and the negation of an error does not grant access', () => {
    expect(compare(`!(${x})`, 'has(attribute.x)')).toEqual(within);
  });
  test('is absorbed by || in either order', () => {
    expect(compare(`${x} || ${y}`, `${y} || ${x}`)).toEqual(within);
    expect(compare(y, `${x} || ${y}`)).toEqual(within);
  });
  test('is absorbed by && that is negated', () => {
    expect(compare("attribute.y != 'b'", `!(${x} && ${y})`)).toEqual(within);
    expect(compare(`!(${x} && ${y})`, "attribute.y != 'b'")).toMatchObject({ relation: 'broader' });
  });
  test('of the resource is uncertain', () => {
    expect(compare('true', 'resource.type == "a" || resource.type != "a"')).toEqual(
      unknown('The answer depends on a request without resource.type.'),
    );
  });
  test('does not concern the subject, which every request has', () => {
    expect(compare('true', "google.subject == 'a' || google.subject != 'a'")).toEqual(within);
  });
});

describe('an expression that is not decided', () => {
  const hours = "request.time.getHours('Europe/Berlin') < 18";
  test('is equal to itself, and restricts', () => {
    expect(compare(hours, hours)).toEqual(within);
    expect(compare(`${repository} && ${hours}`, repository)).toEqual(within);
    expect(compare(repository, `${repository} || ${hours}`)).toEqual(within);
  });
  test('does not hide a broadening beside it', () => {
    expect(compare(`${hours} || ${onMain}`, `${hours} && ${repository}`)).toMatchObject({
      relation: 'unknown',
    });
    expect(compare(`${hours} || true`, onMain)).toMatchObject({ relation: 'broader' });
  });
  test.each([
    hours,
    "assertion.x.matches('b+')",
    'size(assertion.x) == 1',
    "assertion.x.lowerAscii() == 'a'",
    "resource.name.extract('a/{x}/') == 'b'",
    "'admins' in google.groups",
    "assertion.x.matches('[a-z]+')",
    "assertion.x.matches('(?i)a')",
    'assertion.x == true',
    'assertion.x',
    "assertion.a.b == 'c'",
    "assertion.x ? true : assertion.y == 'a'",
    "resource.matchTagId('tagKeys/1', 'tagValues/2')",
    "request.time < timestamp('2026-05-01')",
    "request.time < timestamp('2026-02-30T00:00:00Z')",
    "request.time < timestamp('2026-02-28T24:00:00Z')",
    "request.time < timestamp('2026-05-01T00:00:00.123456Z')",
    'destination.port == 21',
    "'a'.startsWith(assertion.x)",
    'assertion.x == assertion.y',
    "-1 < 1 && api.getAttribute('a', []).hasOnly(['b'])",
  ])('%s is unknown against another condition', (condition) => {
    expect(compare(condition, condition)).toEqual(within);
    const { relation } = compare('true', condition);
    expect(relation).toBe('unknown');
    expect(compare(condition, "attribute.z == 'z'").relation).toBe('unknown');
  });
});

test('a claim of another type is uncertain', () => {
  expect(compare("assertion.x != 'a'", "assertion.x.startsWith('') && assertion.x != 'a'")).toEqual(
    unknown('The answer depends on a value of assertion.x that is not a text.'),
  );
});

test('a type of another service is uncertain', () => {
  expect(compare('resource.type.startsWith("a/")', 'resource.service == "a"')).toEqual(
    unknown('The answer depends on a resource.type of another resource.service.'),
  );
});

test('no time is after the last time of CEL', () => {
  expect(compare('true', 'request.time <= timestamp("9999-12-31T23:59:59.999Z")')).toEqual(within);
});

test.each([
  ["assertion.x == 'a", 'The condition is not understood at "\'a".'],
  ['a &&', 'The condition is not understood at "its end".'],
  ['a b', 'The condition is not understood at "b".'],
  ['(a', 'The condition is not understood at "its end".'],
  ["a == '\\q'", 'The escape \\q in a condition is not understood.'],
  ['a == """b"""', 'A text in three quotes and a byte sequence in a condition are not understood.'],
  ['a == b"c"', 'A text in three quotes and a byte sequence in a condition are not understood.'],
  ['('.repeat(300), 'The condition is too deep.'],
  [1, 'Document A must be a CEL text or an object with expression.'],
  [
    Array.from({ length: 10 }, (_, i) => `(attribute.a${i} == 'a' || attribute.b${i} == 'b')`).join(' && '),
    'The condition has too many alternatives.',
  ],
])('is unknown for %j', (condition, reason) => {
  expect(compare(condition, 'true')).toEqual(unknown(reason));
});
