import { reportOf, summaryLine, type GuardrailReport } from 'cdktf-multicloud/guardrails';
import type { Model } from 'cdktf-multicloud/model';
import { join, relative } from 'node:path';
import type { Environment } from './environments';

interface Written {
  readonly stack: string;
  readonly resources: number;
  readonly path: string;
}

/** The stacks that an app wrote, each after those that it is deployed after. */
export function writtenStacks({ stacks }: Model, outdir: string): Written[] {
  return stacks.map(({ name, resources }) => ({
    stack: name,
    resources: resources.filter(({ mode }) => mode === 'managed').length,
    path: relative(process.cwd(), join(outdir, 'stacks', name, 'cdk.tf.json')),
  }));
}

/** Stacks of an environment, and the findings of the guardrails in them. */
export interface EnvironmentReport {
  readonly name: string;
  readonly model: Model;
  readonly report: GuardrailReport;
}

/** Evaluates the guardrails once for each environment. */
export function environmentReports(
  { stacks }: Model,
  environments: readonly Environment[],
): readonly EnvironmentReport[] {
  return environments.map(({ name }) => {
    const model = { stacks: stacks.filter((stack) => stack.name.startsWith(`${name}-`)) };
    return { name, model, report: reportOf(model, { profile: name }) };
  });
}

/** Findings of the guardrails, one line for each environment. */
export function guardrailLines(environments: readonly EnvironmentReport[]): string {
  return environments.map(({ name, report }) => `  ${name.padEnd(8)} ${summaryLine(report)}`).join('\n');
}

/** A table of stacks, for the screen. */
export function table(rows: readonly Written[]): string {
  const width = Math.max(5, ...rows.map(({ stack }) => stack.length));
  const line = (stack: string, resources: string, path: string) =>
    `  ${stack.padEnd(width)}  ${resources.padStart(9)}  ${path}`;
  return [
    line('stack', 'resources', 'written to'),
    ...rows.map(({ stack, resources, path }) => line(stack, String(resources), path)),
  ].join('\n');
}
