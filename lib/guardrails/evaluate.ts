import type { Model, ModelResource } from '../model/model';
import type { Finding, Unjudged } from './finding';
import { ResourceIndex } from './resource-index';
import type { Profile, Rule } from './rule';
import { Subject } from './subject';
import type { Verdict } from './verdict';

/** Outcome of rules for a model, before acknowledgements. */
export interface Evaluation {
  /** Violations, in the order of the resources. */
  readonly findings: readonly Finding[];
  /** Resources that a rule could not evaluate. */
  readonly unjudged: readonly Unjudged[];
  /** Number of resources that at least one rule evaluated, by type. */
  readonly judged: Readonly<Record<string, number>>;
  /** Number of resources that no rule concerns, by type. */
  readonly withoutRule: Readonly<Record<string, number>>;
}

/** Applies rules to every resource of a model. A rule that throws gives the verdict `unknown`. */
export function evaluate(model: Model, rules: readonly Rule[], profile: Profile, today?: string): Evaluation {
  const index = new ResourceIndex(model, today);
  const applied = rules.filter(({ profiles }) => profiles?.includes(profile) ?? true);
  const findings: Finding[] = [];
  const unjudged: Unjudged[] = [];
  const judged: Record<string, number> = {};
  const withoutRule: Record<string, number> = {};
  for (const type of index.types) {
    const resources = index.ofType(type);
    const concerned = applied.filter((each) => concerns(each, type));
    (concerned.some((each) => !isUniversal(each)) ? judged : withoutRule)[type] = resources.length;
    for (const resource of resources) {
      for (const each of concerned) {
        for (const verdict of verdictsOf(each, resource, index)) {
          if (verdict.verdict === 'fail') findings.push(findingOf(each, resource, verdict));
          if (verdict.verdict === 'unknown') unjudged.push(unjudgedOf(each, resource, verdict));
        }
      }
    }
  }
  return { findings, unjudged, judged, withoutRule };
}

/** Verdicts of one rule for one resource. */
export function verdictsOf(each: Rule, resource: ModelResource, index: ResourceIndex): readonly Verdict[] {
  try {
    const verdicts = each.check(new Subject(resource, index));
    return Array.isArray(verdicts) ? (verdicts as readonly Verdict[]) : [verdicts as Verdict];
  } catch (error) {
    return [{ verdict: 'unknown', reason: `The rule failed: ${String(error)}` }];
  }
}

/** Whether a rule evaluates resources of a type. */
export function concerns({ types }: Rule, type: string): boolean {
  return types.some((pattern) => pattern === type || (pattern.includes('*') && globOf(pattern).test(type)));
}

/** Whether a rule evaluates every resource. Such a rule does not count for the coverage of a type. */
function isUniversal({ types }: Rule): boolean {
  return types.includes('*');
}

function globOf(pattern: string): RegExp {
  return new RegExp(`^${pattern.replace(/[.]/g, '\\.').replaceAll('*', '.*')}$`);
}

function findingOf(each: Rule, resource: ModelResource, verdict: Verdict & { verdict: 'fail' }): Finding {
  const { message, property, detail } = verdict;
  return {
    id: detail === undefined ? each.id : `${each.id}[${detail}]`,
    rule: each.id,
    severity: each.severity,
    title: each.title,
    ...placeOf(resource),
    ...(property !== undefined && { property }),
    message,
    why: each.why,
    fix: each.fix,
    controls: each.controls ?? [],
    stackTrace: resource.stackTrace,
    ...answerOf(each, resource),
    isInBaseline: false,
  };
}

/** The answer that a construct of this library recorded with its own `acknowledge` prop. */
function answerOf(each: Rule, { facts }: ModelResource): Pick<Finding, 'acknowledged'> {
  const name = each.answeredBy?.find((key) => facts.acknowledged[key] !== undefined);
  const reason = name === undefined ? undefined : facts.acknowledged[name];
  if (reason === undefined) return {};
  return { acknowledged: { reason, ...(facts.owner !== undefined && { owner: facts.owner }) } };
}

function unjudgedOf(
  each: Rule,
  resource: ModelResource,
  verdict: Verdict & { verdict: 'unknown' },
): Unjudged {
  const { reason, property } = verdict;
  return { rule: each.id, ...placeOf(resource), ...(property !== undefined && { property }), reason };
}

function placeOf({ stack, address, constructPath }: ModelResource) {
  return { stack, address, ...(constructPath !== undefined && { constructPath }) };
}
