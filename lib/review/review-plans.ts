import { createHash } from 'node:crypto';
import { accessGraph } from '../access/access-graph';
import { compareText } from '../core/text/compare-text';
import { withSortedNames } from '../core/text/sorted-names';
import { openFindings, reportOf, type GuardrailReport, type ReportOptions } from '../guardrails/report';
import type { Finding } from '../guardrails/finding';
import type { Model, ModelStack } from '../model/model';
import type { PlanChange, PlanDetails } from '../model/plan';
import { attributeAccess } from './access/attribute-access';
import { awsChanges } from './access/aws-changes';
import { exceededPolicies } from './access/ceiling';
import { awsDocuments, statingResources } from './access/documents';
import { googlePolicyChanges, policyPairs } from './access/google-policies';
import { graphChanges } from './access/graph-changes';
import { Reached } from './access/reach';
import { unheldRoles } from './access/unheld-roles';
import { reviewedChanges } from './changes';
import { masked } from './masked';
import type { AccessChange, Review, StackReview, AccessVerdict } from './review';
import { otherFindings } from './other-findings';
import { sidesOf } from './sides';
import { Twins } from './twins';

/** Options of a review. */
export interface ReviewOptions extends Pick<ReportOptions, 'profile' | 'rules' | 'today'> {
  /**
   * Policy document that every policy of an AWS identity must be within.
   * @default - no ceiling
   */
  readonly reference?: unknown;
  /**
   * SARIF files of other scanners.
   * @default - none
   */
  readonly merge?: readonly unknown[];
}

/** Order of verdicts in a report. */
export const VERDICTS: readonly AccessVerdict[] = ['broadened', 'mixed', 'unknown', 'narrowed'];

/**
 * Reviews plans: what changes, what is lost, and who gains or loses access.
 * @param plans model of plans, joined with the synthesized stacks for reasons and construct paths
 */
export function reviewPlans(plans: Model, options: ReviewOptions = {}): Review {
  const sides = sidesOf(plans);
  const graphs = { before: accessGraph(sides.before), after: accessGraph(sides.after) };
  const reached = new Reached(graphs.after);
  const pairs = policyPairs(sides);
  const documents = { before: awsDocuments(sides.before), after: awsDocuments(sides.after) };
  const decided = new Set([
    ...pairs.flatMap(({ before, after }) => [before.resource, after.resource]),
    ...statingResources(documents.before),
    ...statingResources(documents.after),
  ]);
  const access = [
    ...awsChanges(documents, reached),
    ...graphChanges(sides, graphs, decided, reached),
    ...googlePolicyChanges(pairs, reached),
    ...unheldRoles(sides, graphs, reached),
    ...plans.stacks.flatMap((stack) => attributeAccess(stack, stack.plan?.changes ?? [])),
  ].sort(
    (a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) || compareText(a.subject, b.subject),
  );
  const twins = new Twins(plans.stacks);
  const stacks = plans.stacks
    .map((stack) => stackReview(stack, twins))
    .sort((a, b) => compareText(a.name, b.name));
  const { profile, rules, today } = options;
  const rulesOf = {
    ...(profile !== undefined && { profile }),
    ...(rules !== undefined && { rules }),
    ...(today !== undefined && { today }),
  };
  const found = openFindings(reportOf(sides.after, rulesOf));
  const old = new Set(openFindings(reportOf(sides.before, rulesOf)).map(keyOf));
  const { coverage, gaps } = graphs.after;
  const body = {
    version: 1 as const,
    stacks,
    access,
    newFindings: found.filter((finding) => !old.has(keyOf(finding))).map(withoutTrace),
    oldFindings: found.filter((finding) => old.has(keyOf(finding))).length,
    exceeded: options.reference === undefined ? [] : exceededPolicies(documents.after, options.reference),
    others: (options.merge ?? []).flatMap(otherFindings),
    coverage: {
      ...coverage,
      gaps: gaps.map(({ source, reason }) => `${source.stack}: ${source.address}: ${masked(reason)}`),
    },
  };
  return { ...body, digest: digestOf(plans, access) };
}

/** Guardrails after the plans, with the findings before them as the baseline, for SARIF. */
export function guardrailReport(
  plans: Model,
  options: Pick<ReportOptions, 'profile' | 'rules' | 'today'> = {},
): GuardrailReport {
  const { before, after } = sidesOf(plans);
  const baseline = openFindings(reportOf(before, options));
  const report = reportOf(after, { ...options, baseline });
  return {
    ...report,
    findings: report.findings.map((finding) => ({ ...finding, message: masked(finding.message) })),
  };
}
const keyOf = ({ id, stack, address }: Finding) => JSON.stringify([id, stack, address]);

/** A finding for a report; messages can quote values. */
function withoutTrace(finding: Finding): Finding {
  return { ...finding, message: masked(finding.message), stackTrace: [] };
}

function stackReview(stack: ModelStack, twins: Twins): StackReview {
  const { plan } = stack;
  const changes = reviewedChanges(stack, plan?.changes ?? [], twins);
  const counts: Record<string, number> = {};
  for (const { action } of changes) counts[action] = (counts[action] ?? 0) + 1;
  return {
    name: stack.name,
    isErrored: plan?.errored === true,
    warnings: plan === undefined ? ['The file is not a plan.'] : warningsOf(plan, changes.length > 0),
    counts,
    changes,
    drift: reviewedChanges(stack, plan?.drift ?? [], new Twins([])),
    deferred: (plan?.deferred ?? []).map(
      ({ reason, change }) => `${change?.address ?? 'A resource'} is planned later (${masked(reason)}).`,
    ),
    checks: (plan?.checks ?? [])
      .filter(({ status }) => status === 'fail' || status === 'error')
      .map(
        ({ address, status }) =>
          `${masked(address)}: ${status === 'fail' ? 'the check failed' : 'the check could not run'}.`,
      ),
    outputs: (plan?.outputs ?? [])
      .filter(({ actions }) => actions.some((action) => action !== 'no-op'))
      .map(
        ({ name, actions, sensitive }) =>
          `${masked(name)}: ${actions.join(', ')}${sensitive ? ' (sensitive)' : ''}.`,
      ),
  };
}

function warningsOf(
  { errored, complete, applyable, actionInvocations, formatVersion }: PlanDetails,
  hasChanges: boolean,
): readonly string[] {
  return [
    ...(errored === true ? ['Planning failed: the plan has only a part of the changes.'] : []),
    ...(complete === false
      ? ['The plan is not complete: Terraform plans some changes after this apply.']
      : []),
    // A plan without changes is not applyable.
    ...(applyable === false && errored !== true && hasChanges ? ['The plan cannot be applied.'] : []),
    ...(actionInvocations.length > 0
      ? [`The plan runs actions: ${actionInvocations.map((each) => masked(each)).join(', ')}.`]
      : []),
    ...(/^1\.[0-2](\.|$)/.test(formatVersion)
      ? []
      : [`The plan has the format ${masked(formatVersion)}, which is newer than this release.`]),
  ];
}

/** Hash of what a reviewer approves: addresses, actions, values and access. Values are hashed, so none can be read. */
function digestOf(plans: Model, access: readonly AccessChange[]): string {
  const changeOf = ({ address, actions, before, after, previousAddress }: PlanChange) =>
    JSON.stringify([
      address,
      previousAddress,
      actions,
      hash(withSortedNames(before)),
      hash(withSortedNames(after)),
    ]);
  const changes = plans.stacks.map(({ name, plan }) => [
    name,
    (plan?.changes ?? []).filter(isEffective).map(changeOf).sort(),
  ]);
  // What an identity reaches follows from resources that do not change.
  const gained = access.map((row) => ({ ...row, reach: undefined }));
  return hash([changes.sort((a, b) => compareText(String(a[0]), String(b[0]))), gained]);
}

const isEffective = ({ actions, previousAddress }: PlanChange) =>
  previousAddress !== undefined || actions.some((action) => action !== 'no-op' && action !== 'read');

function hash(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(value ?? null))
    .digest('hex');
}
