import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeployerAccess, type DeployerAccessOptions } from '../../lib/deploying';

export const root = mkdtempSync(join(tmpdir(), 'cdktf-multicloud-deployer-'));

interface Given {
  readonly dependencies?: readonly string[];
  readonly configuration: object;
}

/** Writes stacks as `cdktf synth` does. */
export function output(stacks: Readonly<Record<string, Given>>): string {
  const outdir = mkdtempSync(join(root, 'out-'));
  const manifest = Object.entries(stacks).map(([name, { dependencies = [], configuration }]) => {
    const synthesizedStackPath = `stacks/${name}/cdk.tf.json`;
    mkdirSync(join(outdir, 'stacks', name), { recursive: true });
    writeFileSync(join(outdir, synthesizedStackPath), JSON.stringify(configuration));
    return [name, { name, synthesizedStackPath, dependencies }];
  });
  writeFileSync(join(outdir, 'manifest.json'), JSON.stringify({ stacks: Object.fromEntries(manifest) }));
  return outdir;
}

export function access(configuration: object, options?: DeployerAccessOptions): DeployerAccess {
  return DeployerAccess.fromOutput(output({ app: { configuration } }), options);
}

export const GOOGLE = { google: [{ project: 'my-project' }] };
export const AWS = { aws: [{ region: 'eu-west-1', allowed_account_ids: ['123456789012'] }] };

export const topic = {
  provider: GOOGLE,
  resource: { google_pubsub_topic: { orders: { name: 'orders' } } },
};

export const queue = {
  provider: AWS,
  resource: { aws_sqs_queue: { orders: { name: 'orders' } } },
};
