import { catalogue } from '../../../lib/guardrails/catalogue';
import { configurationOf, verdictsOfExample } from '../../../lib/guardrails/example';
import type { Example, Rule } from '../../../lib/guardrails/rule';
import { manifestsOf } from '../../lanes/cluster/manifests';
import type { Configuration } from '../../synth';

/*
 * A rule reads an object in a `kubernetes_manifest` as it reads the object in the resource of its kind: each example is
 * written as a manifest and has the same verdicts. A real API server accepts such manifests in the lane `cluster`.
 */

/** The example with manifests; `undefined` if it has no resource of a kind, or one with an expression. */
function asManifests(rule: Rule, example: Example): Example | undefined {
  if (JSON.stringify(example).includes('${')) return undefined;
  const { resource = {}, ...rest } = configurationOf(rule, example) as unknown as Configuration;
  const isTyped = (type: string) => type.startsWith('kubernetes_') && type !== 'kubernetes_manifest';
  const [typed, others] = [true, false].map((wanted) =>
    Object.fromEntries(Object.entries(resource).filter(([type]) => isTyped(type) === wanted)),
  );
  const manifests = manifestsOf({ resource: typed! } as Configuration);
  if (manifests.length === 0) return undefined;
  const named = manifests.map((manifest, index) => [`object_${index}`, { manifest }]);
  return { ...rest, resource: { ...others, kubernetes_manifest: Object.fromEntries(named) as object } };
}

const verdicts = (rule: Rule, example: Example) =>
  verdictsOfExample(rule, example)
    .map(({ verdict }) => verdict)
    .sort();

const rules = catalogue.filter(({ types }) => types.includes('kubernetes_manifest'));

test.each(rules.map((rule) => [rule.id, rule] as const))(
  '%s has the same verdicts for a manifest',
  (_, rule) => {
    const examples = [...rule.passes, ...rule.fails].flatMap((example) => {
      const manifests = asManifests(rule, example);
      return manifests === undefined ? [] : [[example, manifests] as const];
    });
    expect(examples.length).toBeGreaterThan(0);
    for (const [example, manifests] of examples) {
      expect([manifests, verdicts(rule, manifests)]).toEqual([manifests, verdicts(rule, example)]);
    }
  },
);

test('a finding in a manifest names the field of the API', () => {
  const rule = rules.find(({ id }) => id === 'K8S002')!;
  const manifest = { apiVersion: 'v1', kind: 'Pod', spec: { hostPID: true } };
  expect(verdictsOfExample(rule, { resource: { kubernetes_manifest: { a: { manifest } } } })).toEqual([
    {
      verdict: 'fail',
      message: 'manifest.spec.hostPID must be false (got true).',
      property: 'manifest.spec.hostPID',
    },
  ]);
});
