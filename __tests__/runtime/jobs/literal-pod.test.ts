import { literalPod } from '../../../runtime/jobs/literal-pod';

const container = (fields: object) => literalPod({ containers: [{ name: 'job', ...fields }] }).containers;
const value = (given: unknown) =>
  (container({ env: [{ name: 'ROWS', value: given }] }) as { env: object[] }[])[0]!.env[0];

test.each([
  ['text', 'text'],
  ['', ''],
  [3, '3'],
  [0.5, '0.5'],
  [true, 'true'],
  ['$(AWS_ROLE_ARN)', '$$(AWS_ROLE_ARN)'],
  ['pa$$word', 'pa$$$$word'],
  ['a"b\\c\n', 'a"b\\c\n'],
])('the variable %j is sent as %j', (given, sent) => {
  expect(value(given)).toEqual({ name: 'ROWS', value: sent });
});

test.each([
  [null, 'null'],
  [{ rows: 3 }, 'an object'],
  [[3], 'a list'],
])('the variable %j is a bad request with its name', (given, kind) => {
  expect(() => value(given)).toThrow(
    expect.objectContaining({
      name: 'GKE.BadRequest',
      message: `the environment variable ROWS must be a text, a number or a boolean (got ${kind}).`,
    }),
  );
});

test('arguments and commands are literal too, also of init containers', () => {
  const fields = { command: ['sh', '-c', 'echo $(date)'], args: [1, 'x'] };
  const literal = { command: ['sh', '-c', 'echo $$(date)'], args: ['1', 'x'] };
  expect(literalPod({ initContainers: [fields], containers: [fields] })).toEqual({
    initContainers: [literal],
    containers: [literal],
  });
  expect(() => container({ args: 'x' })).toThrow('args must be a list of texts (got string).');
  expect(() => container({ args: [null] })).toThrow(
    'args[0] must be a text, a number or a boolean (got null).',
  );
});

test('references and other fields stay', () => {
  const env = [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }];
  expect(container({ env })).toEqual([{ name: 'job', env }]);
});
