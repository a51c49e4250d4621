import type { StatesBlock } from '../../lib/orchestration/state-machine/asl/states';
import { drawings, redraw, textOf } from '../docs/pages';
import { stateDiagram } from '../docs/state-diagram';
import { permissions, predefinedRoles, tooWide } from '../granted';
import { plain, type Json } from '../synth';
import { run } from './run';

const ARN = 'arn:aws:lambda:us-east-1:333333333333:function';
const README = '../examples/step-functions-etl/README.md';

const configuration = run('step-functions-etl')['step-functions-etl']!;
const all = (type: string): Json[] => Object.values(configuration.resource?.[type] ?? {}).map(plain);
const only = (type: string): Json => {
  const found = all(type);
  expect(found).toHaveLength(1);
  return found[0]!;
};
/** The state machine of the example, beside the one that cleans up. */
const machine = (): Json =>
  all('aws_sfn_state_machine').find(({ name }) => !String(name).endsWith('-cleanup'))!;
const definition = () => JSON.parse(String(machine().definition)) as StatesBlock;

interface Statement {
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

/** What the roles of AWS may do, by the names of their policies. */
const statements = (policy: string): Statement[] =>
  all('aws_iam_role_policy')
    .filter(({ name }) => String(name) === policy)
    .flatMap((each) => (JSON.parse(String(each.policy)) as { Statement: Statement[] }).Statement);

test('its README draws the states as they are synthesized', () => {
  const [drawing] = drawings(textOf(README));
  const diagram = stateDiagram(definition(), { outline: true });
  if (process.env.DRAW) redraw(README, drawing!, diagram);
  else expect(drawing?.diagram).toBe(diagram);
});

test('the state machine calls three functions and asks on one topic, and may do nothing else of its own', () => {
  const own = statements('execution').filter(({ Resource }) => !Resource.includes('*'));
  expect(own).toMatchObject([
    {
      Action: ['lambda:InvokeFunction'],
      Resource: [
        `${ARN}:checks-gke-service:live`,
        `${ARN}:etl-gke-jobs:live`,
        `${ARN}:warehouse-load-gate:live`,
      ],
    },
    { Action: ['sns:Publish'], Resource: ['arn:aws:sns:us-east-1:333333333333:warehouse-owners'] },
  ]);
});

test('each function may take on the role of its target, and no other', () => {
  const assumed = statements('function').filter(({ Action }) => Action.includes('sts:AssumeRole'));
  expect(assumed.map(({ Resource }) => Resource).sort()).toEqual([
    ['arn:aws:iam::333333333333:role/checks-gke-caller'],
    ['arn:aws:iam::333333333333:role/etl-gke'],
    ['arn:aws:iam::333333333333:role/etl-gke'],
  ]);
});

test('the endpoint of the checks lets in the role of their target alone', () => {
  const { data } = only('kubernetes_config_map_v1');
  const roles = JSON.stringify(data).match(/arn:aws:iam::\d{12}:role\/[\w-]+/g);
  expect([...new Set(roles)]).toEqual(['arn:aws:iam::333333333333:role/checks-gke-caller']);
});

test('the Google identity of the Jobs reaches the control plane, and what it may do there says RBAC', () => {
  expect(permissions(configuration)).toEqual(['container.clusters.connect', 'container.clusters.get']);
  expect(predefinedRoles(configuration)).toEqual([
    'roles/iam.workloadIdentityUser',
    'roles/storage.objectUser',
    'roles/storage.objectViewer',
  ]);
  expect(tooWide(configuration)).toEqual([]);
});

test('there is no way to "Load" but through gate, check and approval', () => {
  const { StartAt, States } = definition();
  const waysOn = (name: string): string[] => {
    const { Next, Default, Choices = [], Catch = [] } = States[name]!;
    const others = [...(Choices as Json[]), ...(Catch as Json[])].map(({ Next: to }) => String(to));
    return [...[Next, Default].filter((to) => to !== undefined).map(String), ...others];
  };
  const reached = (without: string): Set<string> => {
    const found = new Set([StartAt].filter((name) => name !== without));
    for (const name of found) for (const to of waysOn(name)) if (to !== without) found.add(to);
    return found;
  };
  expect(reached('')).toContain('Load');
  for (const step of ['Warehouse quiet?: condition met?', 'Check', 'Approve']) {
    expect(reached(step)).not.toContain('Load');
  }
});

test('makes no key and leaves data of executions out of the log', () => {
  expect(JSON.stringify(configuration)).not.toMatch(/service_account_key|aws_iam_access_key|_secret_version/);
  for (const each of all('aws_sfn_state_machine')) {
    expect(each.logging_configuration).toMatchObject({ include_execution_data: false });
  }
});
