import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { ModelIndex, joinPlans, readPlan, readSynthesizedStack } = require('../dist/lib/model');

const size = Number(process.argv[2]);
const ROLE = 'aws_iam_role';
const POLICY = 'aws_iam_role_policy';
const names = Array.from({ length: size / 2 }, (_, index) => `r${index}`);

const policyOf = (name) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: ['s3:GetObject'], Resource: `\${${ROLE}.${name}.arn}/*` },
      {
        Effect: 'Allow',
        Action: ['states:StartExecution'],
        Resource: ['arn:aws:states:eu-west-1:1:stateMachine:x'],
      },
    ],
  });
const facts = (name) => ({
  '//': { metadata: { path: `prod/${name}/it`, uniqueId: name }, reason: 'a benchmark' },
});
const roles = Object.fromEntries(
  names.map((name) => [
    name,
    { ...facts(name), name, assume_role_policy: '{"Statement":[]}', tags: { owner: 'team' } },
  ]),
);
const policies = Object.fromEntries(
  names.map((name) => [
    name,
    { ...facts(name), name, role: `\${${ROLE}.${name}.id}`, policy: policyOf(name) },
  ]),
);
const configuration = { resource: { [ROLE]: roles, [POLICY]: policies } };

const change = (type, name, after, unknown) => ({
  address: `${type}.${name}`,
  mode: 'managed',
  type,
  name,
  provider_name: 'registry.terraform.io/hashicorp/aws',
  change: {
    actions: ['create'],
    before: null,
    after,
    after_unknown: unknown,
    before_sensitive: false,
    after_sensitive: {},
  },
});
const expressions = (type, name, own) => ({
  address: `${type}.${name}`,
  provider_config_key: 'aws',
  expressions: own,
});
const references = (name) => [`${ROLE}.${name}.id`, `${ROLE}.${name}`];
const plan = {
  format_version: '1.2',
  resource_changes: names.flatMap((name) => [
    change(
      ROLE,
      name,
      { name, assume_role_policy: '{"Statement":[]}', tags: { owner: 'team' } },
      { arn: true, id: true },
    ),
    change(POLICY, name, { name }, { id: true, policy: true, role: true }),
  ]),
  configuration: {
    root_module: {
      resources: names.flatMap((name) => [
        expressions(ROLE, name, { name: { constant_value: name } }),
        expressions(POLICY, name, {
          policy: { references: references(name) },
          role: { references: references(name) },
        }),
      ]),
    },
  },
};

const times = {};
function timed(step, action) {
  const started = performance.now();
  const result = action();
  times[step] = performance.now() - started;
  return result;
}

const stack = timed('synthesized', () => readSynthesizedStack(configuration, { name: 'prod' }));
const planned = timed('plan', () => readPlan(plan, { name: 'prod' }));
const joined = timed('join', () => joinPlans({ stacks: [planned] }, { stacks: [stack] }));
timed('documents', () => {
  const index = new ModelIndex(joined);
  for (const { values } of joined.stacks[0].resources) {
    if (values.policy && index.document('prod', values.policy).kind !== 'parsed')
      throw new Error('The policy is not parsed');
  }
});
console.log(JSON.stringify(times));
