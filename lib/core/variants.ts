import { knownAtSynth, type Rule } from './rules';

/**
 * One of several shapes, distinguished by the property `kind`. A factory sets `kind`.
 * @param factories the factories, as they follow "must be", for example `RotationHook.lambda(…)`
 * @param shapes rule of the whole value for each kind
 */
export function variants(factories: string, shapes: Readonly<Record<string, Rule>>): Rule {
  return knownAtSynth((value, property, report) => {
    const { kind } = (typeof value === 'object' && value !== null ? value : {}) as {
      readonly kind?: unknown;
    };
    const rule = typeof kind === 'string' && Object.hasOwn(shapes, kind) ? shapes[kind] : undefined;
    if (rule !== undefined) return rule(value, property, report);
    report({ property, value, rule: `be ${factories}` });
    return false;
  });
}

/** The rule of the property `kind`, in the shape of one variant. `variants` compares it first. */
export const anyKind: Rule = () => true;
