import {
  OrchestratorDashboard,
  type OrchestratorDashboardProps,
} from '../../../../lib/orchestration/state-machine/dashboard/orchestrator-dashboard';
import { GkeJobStep } from '../../../../lib/orchestration/jobs/gke-job-step';
import { refusal, resource, resources } from '../../../synth';
import { IMAGE, orchestrationStack, target } from '../../fixtures';
import { orchestrator } from '../../triggers/fixtures';

function dashboard(props: Partial<OrchestratorDashboardProps> = {}, withTarget = true) {
  const stack = orchestrationStack();
  const definition = withTarget
    ? new GkeJobStep('Extract', { target: target(stack), image: IMAGE })
    : undefined;
  new OrchestratorDashboard(stack, 'dashboard', {
    orchestrator: orchestrator(stack, definition && { definition }),
    ...props,
  });
  return stack;
}
const body = (stack: ReturnType<typeof dashboard>) =>
  JSON.parse(String(resource(stack, 'aws_cloudwatch_dashboard').dashboard_body)) as {
    widgets: {
      x: number;
      y: number;
      properties: { title?: string; markdown?: string; metrics?: unknown[][] };
    }[];
  };

test('a dashboard shows how executions end, the functions, and what is undelivered', () => {
  const stack = dashboard({ deadLetterQueueNames: ['at-night-undelivered'] });
  expect(resource(stack, 'aws_cloudwatch_dashboard').dashboard_name).toBe('nightly');
  expect(body(stack)).toMatchSnapshot();
});

test('of an orchestrator without Jobs it shows executions alone', () => {
  const titles = body(dashboard({ name: 'small' }, false)).widgets.map(({ properties }) => properties.title);
  expect(titles).toEqual([undefined, 'Executions', 'Duration of executions (ms)']);
});

test('every queue that it shows is made', () => {
  const stack = dashboard();
  const names = resources(stack, 'aws_sqs_queue').map(({ name }) => name);
  const shown = body(stack)
    .widgets.at(-1)!
    .properties.metrics!.map(([, , , name]) => name);
  expect(shown.sort()).toEqual(names.map(String).sort());
});

test('every function that it shows is made', () => {
  const stack = dashboard();
  const shown = body(stack).widgets.flatMap(({ properties }) =>
    (properties.metrics ?? [])
      .filter(([, , dimension]) => dimension === 'FunctionName')
      .map(([, , , name]) => name),
  );
  expect([...new Set(shown)].sort()).toEqual(
    resources(stack, 'aws_lambda_function')
      .map(({ function_name }) => function_name)
      .sort(),
  );
});

test('every way in which an execution does not end well raises an alarm', () => {
  const metrics = resources(dashboard(), 'aws_cloudwatch_metric_alarm').map(({ metric_name }) => metric_name);
  expect(new Set(metrics)).toEqual(
    new Set([
      'ExecutionsFailed',
      'ExecutionsTimedOut',
      'ExecutionThrottled',
      'ApproximateNumberOfMessagesVisible',
    ]),
  );
});

test.each<[object, string, RegExp]>([
  [{ name: 'two words' }, 'name', /1 to 255 letters/],
  [{ orchestrator: {} }, 'orchestrator', /must be a StepFunctionsOrchestrator/],
  [{ deadLetterQueueNames: ['a b'] }, 'deadLetterQueueNames[0]', /1 to 80 letters/],
])('%j is refused', (props, property, text) => {
  const error = refusal(() => dashboard(props, false));
  expect(error.message).toMatch(text);
  expect(error.problems.map((problem) => problem.property)).toEqual([property]);
});
