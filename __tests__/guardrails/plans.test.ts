import { reportOf } from '../../lib/guardrails';
import { readPlan } from '../../lib/model';

const PROVIDERS = 'registry.terraform.io/hashicorp';

/** Plan that creates a resource. `unknown` has the arguments that are known after apply. */
function planOf(type: string, after: object, unknown: object) {
  const provider = type.split('_')[0]!;
  const resource = { address: `${type}.x`, mode: 'managed', type, name: 'x' };
  return {
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: {
      root_module: { resources: [{ ...resource, provider_name: `${PROVIDERS}/${provider}`, values: after }] },
    },
    resource_changes: [
      {
        ...resource,
        provider_name: `${PROVIDERS}/${provider}`,
        change: { actions: ['create'], before: null, after, after_unknown: unknown },
      },
    ],
    configuration: {
      root_module: {
        resources: [
          {
            ...resource,
            provider_config_key: provider,
            expressions: Object.fromEntries(
              Object.entries(after).map(([name, value]) => [name, { constant_value: value as unknown }]),
            ),
          },
        ],
      },
    },
  };
}

const rulesOf = (plan: unknown) => {
  const { findings, unjudged } = reportOf({ stacks: [readPlan(plan, { name: 'prod' })] });
  return [...findings.map(({ rule }) => rule), ...unjudged.map(({ rule }) => `${rule}: unknown`)];
};

test.each([
  ['the policies of a role', 'aws_iam_role', { assume_role_policy: '{"Statement":[]}' }, ['ACC001']],
  ['the policy of a topic', 'aws_sns_topic', { name: 'x' }, []],
  ['the access of a dataset', 'google_bigquery_dataset', { dataset_id: 'x' }, []],
])('%s that the provider computes are not unknown', (_, type, after, expected) => {
  const computed = { access: true, inline_policy: true, managed_policy_arns: true, policy: true } as const;
  expect(rulesOf(planOf(type, after, computed))).toEqual(expected);
});

test.each([
  [
    'that the configuration omits is omitted',
    [{ machine_type: { constant_value: 'e2-medium' } }],
    ['GKE003'],
  ],
  [
    'that the configuration refers to is unknown',
    [{ service_account: { references: ['a_b.c'] } }],
    ['GKE003: unknown'],
  ],
  ['of a dynamic block is unknown', undefined, ['GKE003: unknown']],
])('an argument of a block %s', (_, block, expected) => {
  const after = { name: 'main', cluster: 'books', node_config: [{ machine_type: 'e2-medium' }] };
  const plan = planOf('google_container_node_pool', after, { node_config: [{ service_account: true }] });
  const [resource] = plan.configuration.root_module.resources;
  const { node_config: _all, ...expressions } = resource!.expressions;
  void _all;
  Object.assign(resource!, { expressions: { ...expressions, ...(block && { node_config: block }) } });
  expect(rulesOf(plan).filter((each) => each.startsWith('GKE003'))).toEqual(expected);
});

test('the token that a data source has read is no literal of the provider', () => {
  const data = {
    address: 'data.google_client_config.x',
    mode: 'data',
    type: 'google_client_config',
    name: 'x',
  };
  const plan = planOf('kubernetes_namespace_v1', { metadata: [{ name: 'x' }] }, {});
  const provider = { name: 'kubernetes', full_name: `${PROVIDERS}/kubernetes` };
  const withToken = (token: object) => ({
    ...plan,
    prior_state: {
      values: {
        root_module: {
          resources: [{ ...data, provider_name: `${PROVIDERS}/google`, values: { access_token: 'ya29.x' } }],
        },
      },
    },
    configuration: {
      provider_config: { kubernetes: { ...provider, expressions: { token } } },
      root_module: {
        resources: [
          ...plan.configuration.root_module.resources,
          { ...data, provider_config_key: 'google', expressions: {} },
        ],
      },
    },
  });
  const references = ['data.google_client_config.x.access_token', 'data.google_client_config.x'];
  expect(rulesOf(withToken({ references }))).not.toContain('TFM005');
  expect(rulesOf(withToken({ constant_value: 'secret' }))).toContain('TFM005');
});
