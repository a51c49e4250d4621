import { compareText } from '../core/text/compare-text';
import type { Model } from '../model/model';
import {
  acknowledgementsOf,
  answers,
  ruleOf,
  type Acknowledgement,
  type AcknowledgementStatus,
} from './acknowledgement';
import { catalogue } from './catalogue';
import { evaluate } from './evaluate';
import type { Finding, Unjudged } from './finding';
import { dayOf } from './resource-index';
import type { Profile, Rule } from './rule';

/** Number of resources of one type that no rule concerns. */
export interface UncoveredType {
  /** Resource type. */
  readonly type: string;
  /** Number of resources. */
  readonly count: number;
}

/** Coverage of the rules. */
export interface Coverage {
  /** Number of resources, data sources and providers of all stacks. */
  readonly resources: number;
  /** Number of those that at least one rule concerns. */
  readonly judged: number;
  /** Number of those for which at least one rule met an unknown value. */
  readonly withUnknown: number;
  /** Types that no rule concerns, sorted by type. */
  readonly withoutRule: readonly UncoveredType[];
}

/** Text of one rule and the number of its findings. */
export interface RuleSummary extends Pick<Rule, 'id' | 'title' | 'severity' | 'why' | 'fix'> {
  /** Controls that the rule serves. */
  readonly controls: readonly string[];
  /** Number of findings, acknowledged ones included. */
  readonly findings: number;
}

/** Findings of guardrails for a model. Plain data: `JSON.stringify` gives the form that the JSON Schema describes. */
export interface GuardrailReport {
  /** Version of the form. */
  readonly version: 1;
  /** Profile whose rules applied. */
  readonly profile: Profile;
  /** Violations, sorted by stack, address and id. */
  readonly findings: readonly Finding[];
  /** Resources that a rule could not evaluate, sorted in the same way. */
  readonly unjudged: readonly Unjudged[];
  /** Acknowledgements with their effect, sorted by path and id. */
  readonly acknowledgements: readonly AcknowledgementStatus[];
  /** Coverage of the rules. */
  readonly coverage: Coverage;
  /** Rules that applied, sorted by id. */
  readonly rules: readonly RuleSummary[];
}

/** Options of a report. */
export interface ReportOptions {
  /**
   * Profile of the environment. The rules of production are the strictest.
   * @default 'prod'
   */
  readonly profile?: Profile;
  /**
   * Rules to apply.
   * @default - the catalogue of this library
   */
  readonly rules?: readonly Rule[];
  /**
   * Findings of an earlier report. They are reported and do not fail.
   * @default - no finding
   */
  readonly baseline?: readonly Pick<Finding, 'id' | 'stack' | 'address'>[];
  /**
   * Day for the end of acknowledgements as YYYY-MM-DD.
   * @default - today in UTC
   */
  readonly today?: string;
}

/** Applies rules to a model and answers the findings by its acknowledgements. */
export function reportOf(model: Model, options: ReportOptions = {}): GuardrailReport {
  const { profile = 'prod', rules = catalogue, baseline = [], today = dayOf(new Date()) } = options;
  const { findings, unjudged, judged, withoutRule } = evaluate(model, rules, profile, today);
  const given = acknowledgementsOf(model);
  const valid = given.filter(({ until }) => until >= today);
  const known = new Set(baseline.map(keyOf));
  const answered = findings
    .map((finding) => ({ ...answeredBy(finding, valid), isInBaseline: known.has(keyOf(finding)) }))
    .sort(byPlace);
  const ids = new Set(rules.map(({ id }) => id));
  return {
    version: 1,
    profile,
    findings: answered,
    unjudged: [...unjudged].sort(byPlace),
    acknowledgements: given
      .map((each) => ({ ...each, status: statusOf(each, { findings, ids, today }) }))
      .sort((a, b) => compareText(a.path, b.path) || compareText(a.id, b.id)),
    coverage: {
      resources: sum(judged) + sum(withoutRule),
      judged: sum(judged),
      withUnknown: new Set(unjudged.map(({ stack, address }) => JSON.stringify([stack, address]))).size,
      withoutRule: Object.entries(withoutRule)
        .map(([type, count]) => ({ type, count }))
        .sort((a, b) => compareText(a.type, b.type)),
    },
    rules: summaries(rules, profile, findings),
  };
}

/** Findings that fail a check: neither acknowledged nor in the baseline. */
export function openFindings({ findings }: Pick<GuardrailReport, 'findings'>): readonly Finding[] {
  return findings.filter(({ acknowledged, isInBaseline }) => acknowledged === undefined && !isInBaseline);
}

function answeredBy(finding: Finding, acknowledgements: readonly Acknowledgement[]): Finding {
  if (finding.acknowledged) return finding;
  const found = acknowledgements.find((each) => answers(each, finding));
  if (!found) return finding;
  const { reason, owner, until } = found;
  return { ...finding, acknowledged: { reason, owner, until } };
}

function statusOf(
  each: Acknowledgement,
  { findings, ids, today }: { findings: readonly Finding[]; ids: ReadonlySet<string>; today: string },
): AcknowledgementStatus['status'] {
  if (!ids.has(ruleOf(each.id))) return 'unknown-rule';
  if (each.until < today) return 'expired';
  return findings.some((finding) => answers(each, finding)) ? 'used' : 'unused';
}

function summaries(rules: readonly Rule[], profile: Profile, findings: readonly Finding[]): RuleSummary[] {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return rules
    .filter(({ profiles }) => profiles?.includes(profile) ?? true)
    .map(({ id, title, severity, why, fix, controls = [] }) => ({
      id,
      title,
      severity,
      why,
      fix,
      controls,
      findings: counts.get(id) ?? 0,
    }))
    .sort((a, b) => compareText(a.id, b.id));
}

function keyOf({ id, stack, address }: Pick<Finding, 'id' | 'stack' | 'address'>): string {
  return JSON.stringify([stack, address, id]);
}

type Placed = Pick<Finding, 'stack' | 'address' | 'rule' | 'property'>;

function byPlace(a: Placed, b: Placed): number {
  return compareText(placeOf(a), placeOf(b));
}

function placeOf({ stack, address, rule, property = '' }: Placed): string {
  return [stack, address, rule, property].join('\n');
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
