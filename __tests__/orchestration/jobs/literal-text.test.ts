import { Token } from 'cdktf';
import { problemsOf } from '../../../lib/core/validation';
import { gkeJobRules } from '../../../lib/orchestration/jobs/gke-job-step-rules';

test.each([
  ['command', ['sh', '-c', 'echo ${HOME}']],
  ['args', ['$${A}', '%{x}', 'a\nb "c" \\d']],
  ['environment', { GREETING: '${NAME}', ESCAPED: '$${NAME}' }],
] as const)('%s of a Job accepts each character as literal text', (property, value) => {
  expect(problemsOf(gkeJobRules[property], value, property)).toEqual([]);
});

test('environment of a Job rejects a map token, because a state lists its names', () => {
  const report: string[] = [];
  gkeJobRules.environment(
    Token.asStringMap({ resolve: () => ({}), creationStack: [], toString: () => '', toJSON: () => '' }),
    'environment',
    ({ rule }) => report.push(rule),
  );
  expect(report).toEqual(['be known at synth']);
});
