import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { TerraformProvider, type TerraformStack } from 'cdktf';
import { trail } from './audit/google-trail-fixtures';
import { account, bind } from './identity/aws-role-fixtures';
import { platform, target } from './orchestration/fixtures';
import { synthesized, testStack } from './synth';
import { access } from './vertex/access-fixtures';
import { existingEndpoint, existingTraining, location, project, reader } from './vertex/fixtures';
import { oncePer } from '../lib/core/registry';
import { VertexTrainingIdentity, type ITrainingIdentity } from '../lib/vertex/vertex-training-identity';

type Step = (stack: TerraformStack) => unknown;

/** The same stack from two programs, whose steps have another order. */
function configuration(steps: readonly Step[]): unknown {
  const stack = testStack();
  google(stack, 'a');
  google(stack, 'b');
  for (const alias of ['a', 'b']) new AwsProvider(stack, `aws-${alias}`, { alias, region: account.region });
  for (const step of steps) step(stack);
  return sorted(synthesized(stack));
}

/** JSON with sorted names. The order of dependencies has no meaning for Terraform. */
function sorted(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((each) => sorted(each));
    return name === 'depends_on' ? items.map(String).sort() : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort()
      .map(([key, each]) => [key, sorted(each, key)]),
  );
}

const google = (stack: TerraformStack, alias: string) =>
  new GoogleProvider(stack, `google-${alias}`, { alias, project: project.id });
const providerOf = (stack: TerraformStack, alias: string, of = 'google'): TerraformProvider => {
  const found = stack.node.tryFindChild(`${of}-${alias}`);
  if (found instanceof TerraformProvider) return found;
  throw new Error(`There is no provider ${alias}.`);
};
const images = (repositoryId: string) => ({ project: 'shared', location: 'us', repositoryId });
const training = (id: string, alias: string, repositories: readonly string[]) => (stack: TerraformStack) =>
  new VertexTrainingIdentity(stack, id, {
    project,
    location,
    accountId: `${id}-training`,
    imageRepositories: repositories.map(images),
    googleProvider: providerOf(stack, alias),
    reason: 'trains a model',
  });
const awsRole = (id: string, alias: string) => (stack: TerraformStack) =>
  bind(
    stack,
    { roleName: id, serviceAccountName: id, awsProvider: providerOf(stack, alias, 'aws') },
    `${id}-role`,
  );
const accessOf =
  (id: string, alias: string, give: (given: ReturnType<typeof access>, stack: TerraformStack) => unknown) =>
  (stack: TerraformStack) =>
    give(
      access(
        stack,
        { identity: reader(stack, {}, id), googleProvider: providerOf(stack, alias) },
        `${id}-access`,
      ),
      stack,
    );

const trainerOf = (stack: TerraformStack): ITrainingIdentity =>
  oncePer(stack, 'trainer of the test', () => existingTraining(stack));

const platformOf = (stack: TerraformStack) => oncePer(stack, 'platform of the test', () => platform(stack));
const jobs = (name: string, alias?: string) => (stack: TerraformStack) =>
  target(
    stack,
    {
      ...platformOf(stack),
      name,
      namespace: name,
      googleProvider: alias ? providerOf(stack, alias) : undefined,
      awsProvider: providerOf(stack, 'a', 'aws'),
    },
    name,
  );

const CASES: Readonly<Record<string, readonly Step[]>> = {
  'roles of Vertex AI with one list of permissions': [
    accessOf('one', 'b', (given) => given.generate()),
    accessOf('two', 'a', (given, stack) =>
      given.predict(existingEndpoint(stack), {
        acknowledge: { projectWide: 'one endpoint is all there is' },
      }),
    ),
  ],
  'the agent that pulls images': [training('one', 'b', ['x', 'y']), training('two', 'a', ['y', 'z'])],
  'the account that pipelines run as': [
    accessOf('one', 'b', (given, stack) => given.pipelines(trainerOf(stack))),
    accessOf('two', 'a', (given, stack) => given.schedules(trainerOf(stack))),
  ],
  'the OIDC provider of a cluster': [awsRole('one', 'b'), awsRole('two', 'a')],
  'the endpoint of a cluster': [jobs('one', 'b'), jobs('two', 'a')],
  'the endpoint of a cluster, with and without a provider': [jobs('one'), jobs('two', 'a')],
  'audit logs of one project': [
    (stack) => trail(stack, { name: 'one', googleProvider: providerOf(stack, 'b') }, 'one'),
    (stack) => trail(stack, { name: 'two', googleProvider: providerOf(stack, 'a') }, 'two'),
  ],
};

test.each(Object.entries(CASES))('%s: the first user does not decide', (_, steps) => {
  expect(configuration([...steps].reverse())).toEqual(configuration(steps));
});
