import { Token } from 'cdktf';
import { problemsOf } from '../../../lib/core/validation';
import { GkeJobStep } from '../../../lib/orchestration/jobs/gke-job-step';
import { gkeJobRules } from '../../../lib/orchestration/jobs/gke-job-step-rules';

import { StepFunctionsOrchestrator } from '../../../lib/orchestration/state-machine/step-functions-orchestrator';
import { resources } from '../../synth';
import { IMAGE, orchestrationStack, target } from '../fixtures';

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

test('text of a Job reaches the container as given: lines, empty texts and signs of other languages', () => {
  const props = {
    command: ['sh', '-c', 'set -euo pipefail\n./load --date "$1"\n'],
    args: ['--prefix', '', 'echo $${NAME} ${HOME}', '50%%{', '{ % if x %}'],
    environment: { GREETING: '${NAME}', ESCAPED: '$${NAME}' },
  };
  const stack = orchestrationStack();
  new StepFunctionsOrchestrator(stack, 'nightly', {
    name: 'nightly',
    definition: new GkeJobStep('Load', { target: target(stack), image: IMAGE, ...props }),
    reason: 'loads the warehouse',
  });
  const machine = resources(stack, 'aws_sfn_state_machine').find(({ name }) => String(name) === 'nightly');
  // Terraform replaces "$${" and "%%{" by the literal characters, and references by ARNs.
  const text = String(machine?.definition)
    .replaceAll(/(?<!\$)\$\{[^}]*\}/g, 'arn')
    .replaceAll('$${', '${')
    .replaceAll('%%{', '%{');
  const states = JSON.parse(text) as {
    States: { Load: { Branches: [{ States: Record<string, unknown> }] } };
  };
  const attempt = states.States.Load.Branches[0].States['Load: attempt'] as {
    Parameters: { job: { spec: { template: { spec: { containers: Record<string, unknown>[] } } } } };
  };
  const [container] = attempt.Parameters.job.spec.template.spec.containers;
  expect(container).toMatchObject({
    command: props.command,
    args: props.args,
    env: Object.entries(props.environment).map(([name, value]) => ({ name, value })),
  });
});
