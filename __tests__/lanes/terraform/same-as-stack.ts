import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessGraph } from '../../../lib/access';
import { reportOf } from '../../../lib/guardrails';
import { readPlan, readSynthesizedStack, type Model } from '../../../lib/model';
import { joinPlans } from '../../../lib/model/join';

/** What only the plan of a cluster that was made by hand knows: the provider has read its networks. */
const READ_BY_PROVIDER = 'GKE007 google_container_cluster.cluster_A4C38409';

/**
 * Expects that a plan has the findings and the access of the stack that it is a plan of. A plan knows more values: it has
 * no unknown verdict that the stack has not.
 */
export function expectSameAsStack(plan: unknown, folder: string): void {
  const name = 'stack';
  const json = JSON.parse(readFileSync(join(folder, 'cdk.tf.json'), 'utf8')) as unknown;
  const stack = { stacks: [readSynthesizedStack(json, { name })] };
  const planned = joinPlans({ stacks: [readPlan(plan, { name })] }, stack);
  expect(findingsIn(planned)).toEqual(findingsIn(stack));
  const unknowns = unknownsIn(stack);
  expect(unknownsIn(planned).filter((each) => !unknowns.includes(each))).toEqual([]);
  expect(accessIn(planned)).toEqual(accessIn(stack));
}

function findingsIn(model: Model): string[] {
  const findings = reportOf(model).findings.map(({ rule, address }) => `${rule} ${address}`);
  return findings.filter((each) => each !== READ_BY_PROVIDER);
}

function unknownsIn(model: Model): string[] {
  return reportOf(model).unjudged.map(({ rule, address }) => `${rule} ${address}`);
}

/** Edges and gaps. The identity is not compared: the cloud assigns the one of a log sink. */
function accessIn(model: Model): object {
  const { edges, gaps, coverage } = accessGraph(model);
  const lines = edges.map(({ kind, to, effect, permissions, role, conditions }) =>
    JSON.stringify([kind, to, effect, permissions, role, conditions]),
  );
  return { edges: lines.sort(), gaps, coverage };
}
