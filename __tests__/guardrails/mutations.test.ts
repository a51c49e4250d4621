import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalogue } from '../../lib/guardrails/catalogue';
import { configurationOf } from '../../lib/guardrails/example';
import { openFindings, reportOf } from '../../lib/guardrails/report';
import type { Profile, Rule } from '../../lib/guardrails/rule';
import { readModel, readSynthesizedStack, type ModelStack } from '../../lib/model';
import { addEnvironment } from '../../stacks/environment-stacks';
import { environments } from '../../stacks/environments';
import { synthesize } from '../../stacks/synthesize';
import type { Configuration, Json } from '../synth';
import { mutations } from './mutations';
import type { Block, Mutation } from './mutations/mutation';

const outdir = mkdtempSync(join(tmpdir(), 'cdktf-multicloud-guardrails-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));
synthesize(outdir, (app) => environments.forEach((environment) => addEnvironment(app, environment)));

const model = readModel(outdir);
const ofEnvironment = (name: string) => model.stacks.filter((stack) => stack.name.startsWith(`${name}-`));
const prod: readonly (readonly [string, string])[] = ofEnvironment('prod').map(({ name }) => [
  name,
  readFileSync(join(outdir, 'stacks', name, 'cdk.tf.json'), 'utf8'),
]);

/** Ids of rules with an open finding in production. */
function rulesFound(stacks: readonly ModelStack[], rules: readonly Rule[] = catalogue): string[] {
  const report = reportOf({ stacks }, { profile: 'prod', rules });
  return [...new Set(openFindings(report).map(({ rule }) => rule))];
}

const before = rulesFound(ofEnvironment('prod'));

function mutated({ section = 'resource', type, where, change }: Mutation): readonly ModelStack[] {
  let isDone = false;
  const stacks = prod.map(([name, text]) => {
    const configuration = JSON.parse(text) as Record<string, Record<string, object> | undefined>;
    const blocks = Object.values(configuration[section]?.[type] ?? {}) as Block[];
    const block = blocks.find((each) => where?.(each) ?? true);
    if (block && !isDone) {
      change(block);
      isDone = true;
    }
    return readSynthesizedStack(configuration, { name });
  });
  if (!isDone) throw new Error(`No ${type} can be changed.`);
  return stacks;
}

test.each(mutations.map((mutation) => [mutation.rule, mutation.title, mutation] as const))(
  '%s finds: %s',
  (rule, _, mutation) => {
    expect(before).not.toContain(rule);
    expect(rulesFound(mutated(mutation))).toContain(rule);
  },
);

/** Examples of rules, planted into a stack of production. */
const planted = catalogue
  .filter(({ profiles }) => profiles?.includes('prod') ?? true)
  .flatMap((rule) => rule.fails.map((example, at) => [`${rule.id} ${at}`, rule, example] as const));

test.each(planted)('the example %s is found between the resources of a stack', (_, rule, example) => {
  const { resource = {}, provider = {} } = configurationOf(rule, example) as Configuration;
  const stacks = prod.map(([name, text], index) => {
    const configuration = JSON.parse(text) as Configuration & { provider?: Record<string, Json[]> };
    if (index > 0) return readSynthesizedStack(configuration, { name });
    const own = Object.entries(resource).map(([type, blocks]) => [
      type,
      { ...configuration.resource?.[type], ...blocks },
    ]);
    const merged = { ...configuration.resource, ...(Object.fromEntries(own) as object) };
    const providers = { ...configuration.provider, ...(provider as Record<string, Json[]>) };
    const required = Object.keys(provider).length > 0 ? { terraform: (example as Json).terraform ?? {} } : {};
    return readSynthesizedStack(
      { ...configuration, resource: merged, provider: providers, ...required },
      { name },
    );
  });
  const places = (model: readonly ModelStack[]) =>
    openFindings(reportOf({ stacks: model }, { profile: 'prod', rules: [rule] })).map(
      ({ stack, address, id }) => `${stack} ${address} ${id}`,
    );
  const others = new Set(places(ofEnvironment('prod')));
  expect(places(stacks).filter((place) => !others.has(place))).not.toEqual([]);
});

test('at least 120 dangerous changes are tried, each once', () => {
  expect(new Set(mutations.map(({ title }) => title)).size).toBeGreaterThanOrEqual(120);
});

test.each(environments.map(({ name }) => name))('%s has no open finding', (name) => {
  const report = reportOf({ stacks: ofEnvironment(name) }, { profile: name as Profile });
  expect(openFindings(report)).toEqual([]);
});
