import { problemsOf } from '../../../../lib/core/validation';
import { errorName } from '../../../../lib/orchestration/state-machine/steps/error-names';

const RULE = 'be an error of Step Functions or of the library, because of its prefix';

test.each([
  'NoNewData',
  'Lambda.TooManyRequestsException',
  'States.TaskFailed',
  'GKE.OOMKilled',
  'Gate.NoData',
])('%s is an error name', (name) => {
  expect(problemsOf(errorName, name, 'errors[0]')).toEqual([]);
});

test.each([
  ['GKE.OOMKiled', 'Did you mean "GKE.OOMKilled"?'],
  ['States.TaskFaild', 'Did you mean "States.TaskFailed"?'],
  ['Vertex.OutOfCake', 'Use a name without this prefix.'],
])('%s would never match an error', (name, fix) => {
  expect(problemsOf(errorName, name, 'errors[0]')).toEqual([
    { property: 'errors[0]', value: name, rule: RULE, fix },
  ]);
});
