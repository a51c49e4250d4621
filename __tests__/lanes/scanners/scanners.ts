import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { manifestsOf } from '../cluster/manifests';
import type { SynthesizedStack } from '../terraform/synthesized';
import type { Configuration } from '../../synth';
import { fromGo, fromPypi, type Tool } from '../tools/installed';

/** A scanner of others: how to obtain it, and the pairs of finding and resource type that it raises on stacks. */
export interface Scanner {
  readonly name: string;
  readonly version: string;
  readonly tool: Tool;
  /** @param scratch empty folder for converted input */
  readonly findings: (program: string, stacks: readonly SynthesizedStack[], scratch: string) => string[];
}

const pair = (id: string, type: string) => `${id} ${type}`;

/** Standard output. Scanners use the exit code for findings. */
function output(program: string, args: readonly string[], cwd: string): string {
  const { stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (error || stdout === '') throw new Error(`${program} has no output: ${error?.message ?? stderr}`);
  return stdout;
}

const configurationOf = ({ folder }: SynthesizedStack) =>
  JSON.parse(readFileSync(join(folder, 'cdk.tf.json'), 'utf8')) as Configuration;

/** Copies stacks to a folder each, because scanners also read what Terraform left beside a stack. */
function copied(stacks: readonly SynthesizedStack[], scratch: string): string {
  stacks.forEach((stack, index) => {
    mkdirSync(join(scratch, String(index)), { recursive: true });
    writeFileSync(join(scratch, String(index), 'cdk.tf.json'), JSON.stringify(configurationOf(stack)));
  });
  return scratch;
}

const checkov: Scanner = {
  name: 'checkov',
  version: '3.3.30',
  tool: fromPypi('checkov', '3.3.30'),
  findings: (program, stacks, scratch) => {
    const args = [
      '--framework',
      'terraform_json',
      '--output',
      'json',
      '--compact',
      '--quiet',
      '--skip-download',
    ];
    const { results } = JSON.parse(
      output(program, ['--directory', '.', ...args], copied(stacks, scratch)),
    ) as {
      results: { failed_checks: { check_id: string; resource: string }[] };
    };
    // A resource is "TYPE.NAME" or "resource.NAME".
    const types = new Map(stacks.map(configurationOf).flatMap(typesByName));
    return results.failed_checks.map(({ check_id, resource }) =>
      pair(check_id, types.get(resource.split('.').at(-1)!) ?? resource),
    );
  },
};

function typesByName({ resource = {} }: Configuration): [name: string, type: string][] {
  return Object.entries(resource).flatMap(([type, named]) =>
    Object.keys(named).map((name): [string, string] => [name, type]),
  );
}

const tfsec: Scanner = {
  name: 'tfsec',
  version: '1.28.14',
  tool: fromGo('tfsec', 'github.com/aquasecurity/tfsec/cmd/tfsec', '1.28.14'),
  findings: (program, stacks, scratch) => {
    const { results } = JSON.parse(
      output(program, ['--format', 'json', '--soft-fail', '.'], copied(stacks, scratch)),
    ) as { results: { long_id: string; resource: string }[] };
    return results.map(({ long_id, resource }) => pair(long_id, resource.split('.')[0]!));
  },
};

const kubeScore: Scanner = {
  name: 'kube-score',
  version: '1.20.0',
  tool: fromGo('kube-score', 'github.com/zegl/kube-score/cmd/kube-score', '1.20.0'),
  findings: (program, stacks, scratch) => {
    const manifests = stacks.map(configurationOf).flatMap(manifestsOf);
    mkdirSync(scratch, { recursive: true });
    writeFileSync(join(scratch, 'all.yaml'), manifests.map((each) => stringify(each)).join('---\n'));
    const scored = JSON.parse(output(program, ['score', '--output-format', 'json', 'all.yaml'], scratch)) as {
      type_meta: { kind: string };
      checks: { check: { id: string }; grade: number; skipped: boolean }[];
    }[];
    return scored.flatMap(({ type_meta: { kind }, checks }) =>
      checks.filter(({ grade, skipped }) => !skipped && grade < OK).map(({ check }) => pair(check.id, kind)),
    );
  },
};

/** Grade of kube-score without a finding. */
const OK = 10;

const parliament: Scanner = {
  name: 'parliament',
  version: '1.6.4',
  tool: fromPypi('parliament', '1.6.4'),
  findings: (program, stacks, scratch) => {
    mkdirSync(scratch, { recursive: true });
    const type = 'aws_iam_role_policy';
    for (const { resource = {} } of stacks.map(configurationOf)) {
      for (const [name, { policy }] of Object.entries(resource[type] ?? {}))
        writeFileSync(join(scratch, `${name}.json`), String(policy));
    }
    const args = ['--include_policy_extension', 'json', '--json', '--include-community-auditors'];
    const lines = output(program, ['--directory', '.', ...args], scratch)
      .trim()
      .split('\n');
    return lines.map((line) => pair((JSON.parse(line) as { issue: string }).issue, type));
  },
};

export const scanners: readonly Scanner[] = [checkov, tfsec, kubeScore, parliament];
