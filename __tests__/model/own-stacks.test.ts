import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ModelIndex,
  readModel,
  readSynthesizedStack,
  referencesIn,
  valuesAt,
  type ModelStack,
} from '../../lib/model';
import { addEnvironment } from '../../stacks/environment-stacks';
import { environments } from '../../stacks/environments';
import { synthesize } from '../../stacks/synthesize';
import { readFileSync } from 'node:fs';
import { run } from '../examples/run';
import type { Configuration, Json } from '../synth';

const outdir = mkdtempSync(join(tmpdir(), 'cdktf-multicloud-model-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

synthesize(outdir, (app) => environments.forEach((environment) => addEnvironment(app, environment)));

const EXAMPLES = ['fastapi-existing-cluster', 'fastapi-secrets', 'step-functions-etl', 'vertex-predictions'];

const configurations: readonly (readonly [string, Configuration])[] = [
  ...readModel(outdir).stacks.map(
    ({ name }) =>
      [
        name,
        JSON.parse(readFileSync(join(outdir, 'stacks', name, 'cdk.tf.json'), 'utf8')) as Configuration,
      ] as const,
  ),
  ...EXAMPLES.flatMap((example) => Object.entries(run(example))),
];

/** Address, type and comment of each resource in the JSON. */
function written({ resource = {}, data = {} }: Configuration): [string, string, Json][] {
  return Object.entries({ resource, data }).flatMap(([section, ofSection]) =>
    Object.entries(ofSection).flatMap(([type, ofType]) =>
      Object.entries(ofType).map(([name, body]): [string, string, Json] => [
        section === 'data' ? `data.${type}.${name}` : `${type}.${name}`,
        type,
        body['//'] ?? {},
      ]),
    ),
  );
}

/** Attributes with JSON documents. */
const DOCUMENTS = [
  'assume_role_policy',
  'dashboard_body',
  'definition',
  'event_pattern',
  'policy',
  'redrive_policy',
  'target.input',
];

describe.each(configurations)('the stack %s', (name, configuration) => {
  const stack: ModelStack = readSynthesizedStack(configuration, { name });
  const index = new ModelIndex({ stacks: [stack] });

  test('has each resource once, with its type, construct path and reason', () => {
    expect(
      stack.resources.map(({ address, type, constructPath, facts }) => [
        address,
        type,
        constructPath,
        facts.reason,
      ]),
    ).toEqual(
      written(configuration).map(([address, type, comment]) => [
        address,
        type,
        comment.metadata?.path,
        comment.reason,
      ]),
    );
    expect(new Set(stack.resources.map(({ address }) => address)).size).toBe(stack.resources.length);
  });

  test('has references to resources of the stack only', () => {
    const values = [stack.resources, stack.providers, stack.outputs]
      .flat()
      .map((each) => ('values' in each ? each.values : each.value));
    const references = values
      .flatMap(referencesIn)
      .filter(({ address }) => !/^(?:var|local|path)\./.test(address));
    expect(references.filter((reference) => index.resourcesOf(name, reference).length !== 1)).toEqual([]);
    const dependencies = stack.resources.flatMap(({ dependsOn }) => dependsOn);
    expect(dependencies.filter((address) => !index.tryFindResource(name, address))).toEqual([]);
  });

  test('has each document parsed', () => {
    const documents = stack.resources.flatMap(({ address, values }) =>
      DOCUMENTS.flatMap((path) => valuesAt(values, path)).map((value) => ({
        address,
        kind: index.document(name, value).kind,
      })),
    );
    expect(documents.filter(({ kind }) => kind !== 'parsed')).toEqual([]);
  });
});

test('the model of the environments has their stacks, each after its dependencies', () => {
  const { stacks } = readModel(outdir);
  const names = stacks.map(({ name }) => name);
  expect(names).toHaveLength(4 * environments.length);
  for (const { name, dependencies } of stacks) {
    for (const dependency of dependencies)
      expect(names.indexOf(dependency)).toBeLessThan(names.indexOf(name));
  }
});
