import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reportOf } from '../../../lib/guardrails';
import { readPlan, readSynthesizedStack, type Model } from '../../../lib/model';
import { joinPlans } from '../../../lib/model/join';

/** What only the plan of a cluster that was made by hand knows: the provider has read its networks. */
const READ_BY_PROVIDER = 'GKE007 google_container_cluster.cluster_A4C38409';

/** Expects that a plan has the findings of the stack that it is a plan of, and no unknown verdict that the stack has not. */
export function expectSameFindings(plan: unknown, folder: string): void {
  const name = 'stack';
  const json = JSON.parse(readFileSync(join(folder, 'cdk.tf.json'), 'utf8')) as unknown;
  const synthesized = { stacks: [readSynthesizedStack(json, { name })] };
  const expected = verdictsIn(synthesized);
  const planned = verdictsIn(joinPlans({ stacks: [readPlan(plan, { name })] }, synthesized));
  expect(planned.findings).toEqual(expected.findings);
  expect(planned.unknowns.filter((each) => !expected.unknowns.includes(each))).toEqual([]);
}

function verdictsIn(model: Model): { findings: string[]; unknowns: string[] } {
  const { findings, unjudged } = reportOf(model);
  return {
    findings: findings
      .map(({ rule, address }) => `${rule} ${address}`)
      .filter((each) => each !== READ_BY_PROVIDER),
    unknowns: unjudged.map(({ rule, address }) => `${rule} ${address}`),
  };
}
