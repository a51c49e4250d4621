import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accessGraph } from '../../../lib/access/access-graph';
import { AccessQuestions } from '../../../lib/access/questions/answers';
import { pathsText } from '../../../lib/access/formats/path-text';
import { readModel, readSynthesizedStack, type Model } from '../../../lib/model';
import { addEnvironment } from '../../../stacks/environment-stacks';
import { environments } from '../../../stacks/environments';
import { synthesize } from '../../../stacks/synthesize';
import { run } from '../../examples/run';
import type { Configuration, Json } from '../../synth';

const outdir = mkdtempSync(join(tmpdir(), 'cdktf-multicloud-graph-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));
synthesize(outdir, (app) => environments.forEach((environment) => addEnvironment(app, environment)));

const EXAMPLES = ['fastapi-existing-cluster', 'fastapi-secrets', 'step-functions-etl', 'vertex-predictions'];
const modelOf = (name: string): Model => ({
  stacks: Object.entries(run(name)).map(([stack, configuration]) =>
    readSynthesizedStack(configuration, { name: stack }),
  ),
});

const environmentModel = readModel(outdir);
const read = (name: string) =>
  JSON.parse(readFileSync(join(outdir, 'stacks', name, 'cdk.tf.json'), 'utf8')) as Configuration;
const applications: readonly (readonly [string, Model, readonly (readonly [string, Configuration])[]])[] = [
  ['environments', environmentModel, environmentModel.stacks.map(({ name }) => [name, read(name)] as const)],
  ...EXAMPLES.map((name) => [name, modelOf(name), Object.entries(run(name))] as const),
];

/** Grants that a resource states, counted from the JSON alone: addresses with the place in a document. */
function grantsIn(stack: string, { resource = {} }: Configuration): string[] {
  return Object.entries(resource).flatMap(([type, ofType]) =>
    Object.entries(ofType).flatMap(([name, body]) =>
      placesIn(type, body).map((place) => `${stack} ${type}.${name}${place}`),
    ),
  );
}

function placesIn(type: string, body: Json): string[] {
  const statements = (property: string) => {
    const text = body[property] as unknown;
    if (typeof text !== 'string' || !text.includes('"Statement"')) return [];
    const count = text.split('"Effect"').length - 1;
    return Array.from({ length: count }, (_, index) => `.${property}.Statement[${index}]`);
  };
  if (type === 'aws_iam_role') return statements('assume_role_policy');
  if (/^aws_.*policy$|^aws_sqs_queue$|^aws_sns_topic$|^aws_kms_key$/.test(type)) return statements('policy');
  const isGrant =
    /^google_.*_iam_(member|binding|policy)$|^kubernetes_.*binding_v1$|_pool_provider$|^aws_lambda_permission$/;
  return isGrant.test(type) ? [''] : [];
}

test.each(applications)('each grant of %s is an edge', (_, model, configurations) => {
  const { edges, gaps } = accessGraph(model);
  const found = new Set(
    edges.flatMap(({ sources }) =>
      sources.flatMap(({ stack, address, path }) => [
        `${stack} ${address}`,
        `${stack} ${address}.${path ?? ''}`,
      ]),
    ),
  );
  const stated = configurations.flatMap(([stack, configuration]) => grantsIn(stack, configuration));
  expect(stated).not.toEqual([]);
  expect(stated.filter((grant) => !found.has(grant))).toEqual([]);
  expect(gaps).toEqual([]);
});

test('each edge has a reason, or the role of a service', () => {
  const { edges } = accessGraph(environmentModel);
  const without = edges.filter(
    ({ kind, reason }) => reason === undefined && !['runsAs', 'federates'].includes(kind),
  );
  expect(without.map(({ sources }) => sources[0]!.address)).toEqual([]);
});

test('why on the ETL example is the whole path over both clouds', () => {
  const questions = new AccessQuestions(accessGraph(modelOf('step-functions-etl')));
  const [first] = questions.why('nightly-etl', 'etl-prod-staging');
  expect(first).toBeDefined();
  expect(pathsText([first!], (id) => questions.node(id))).toMatchSnapshot();
});

test('the order of stacks and resources does not matter', () => {
  const model = modelOf('step-functions-etl');
  const turned: Model = {
    stacks: [...model.stacks]
      .reverse()
      .map((stack) => ({ ...stack, resources: [...stack.resources].reverse() })),
  };
  const edgesOf = (each: Model) => accessGraph(each).edges.map((edge) => ({ ...edge, sources: [] }));
  expect(edgesOf(turned)).toEqual(edgesOf(model));
});
