import type { Model } from '../model/model';
import { readSynthesizedStack } from '../model/synthesized-reader';
import { concerns, verdictsOf } from './evaluate';
import { ResourceIndex } from './resource-index';
import type { Example, Rule } from './rule';
import type { Verdict } from './verdict';

const SECTIONS = ['resource', 'data', 'provider', 'terraform', 'variable'];

/** The configuration of an example in the form of Terraform JSON. */
export function configurationOf(rule: Rule, example: Example): Example {
  if (SECTIONS.some((section) => Object.hasOwn(example, section))) return example;
  const [type = ''] = rule.types;
  if (type.includes('*')) throw new Error(`${rule.id} must have examples with a whole configuration.`);
  const [section, name] = type.includes('.') ? type.split('.') : ['resource', type];
  if (section === 'provider') return { provider: { [name ?? '']: [example] } };
  return { [section ?? 'resource']: { [name ?? type]: { example } } };
}

/** Verdicts of a rule for all resources of an example that it concerns. */
export function verdictsOfExample(rule: Rule, example: Example): readonly Verdict[] {
  const stack = readSynthesizedStack(configurationOf(rule, example), { name: 'example' });
  const model: Model = { stacks: [stack] };
  const index = new ResourceIndex(model);
  return index.types
    .filter((type) => concerns(rule, type))
    .flatMap((type) => index.ofType(type))
    .flatMap((resource) => verdictsOf(rule, resource, index));
}
