import type { TerraformStack } from 'cdktf';
import { setTimeout as sleep } from 'node:timers/promises';
import { synthesized } from '../../synth';
import { ControlPlane, controlPlaneMissing, type Answer } from './control-plane';
import { manifestsOf, type KubernetesManifest } from './manifests';

const missing = controlPlaneMissing();
// Jest shows no console of a file whose tests are all skipped.
if (missing) process.stderr.write(`skipped: ${missing}\n`);

/** Tests that need a control plane. */
export const onCluster = missing ? describe.skip : describe;

const PATIENCE_SECONDS = 60;

/** A cluster for the tests of one file: four seconds, and no test sees what those of another file left. */
export class Cluster {
  public readonly controlPlane = new ControlPlane();

  /** @param tokens users by the bearer token that the API server takes for them */
  public start(tokens: Readonly<Record<string, string>> = {}): void {
    this.controlPlane.start(tokens);
  }

  public stop(): void {
    this.controlPlane.stop();
  }

  public kubectl(...args: readonly string[]): Answer {
    return this.controlPlane.kubectl(args);
  }

  /** Unknown fields are errors, so that nothing is dropped in silence. */
  public apply(manifests: readonly KubernetesManifest[], ...flags: readonly string[]): Answer {
    const args = ['apply', '--server-side', '--validate=strict', ...flags, '-f', '-'];
    return this.controlPlane.kubectl(args, listOf(manifests));
  }

  public create(manifest: KubernetesManifest, ...flags: readonly string[]): Answer {
    return this.controlPlane.kubectl(
      ['create', '--validate=strict', ...flags, '-f', '-'],
      listOf([manifest]),
    );
  }

  /** Takes the place of an object that exists. */
  public replace(manifest: KubernetesManifest, ...flags: readonly string[]): Answer {
    return this.controlPlane.kubectl(['replace', ...flags, '-f', '-'], listOf([manifest]));
  }

  public get<T = unknown>(kind: string, name: string, namespace?: string): T {
    const scope = namespace === undefined ? [] : ['--namespace', namespace];
    const { status, stdout, stderr } = this.kubectl('get', kind, name, ...scope, '--output', 'json');
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as T;
  }

  /** Applies what a stack makes in Kubernetes, and waits until pods can be created. */
  public async deploy(stack: TerraformStack): Promise<Answer> {
    const manifests = manifestsOf(synthesized(stack));
    const answer = this.apply(manifests);
    if (answer.status !== 0) throw new Error(answer.stderr);
    for (const { kind, metadata } of manifests) {
      if (kind === 'Namespace') await this.accountOf(metadata.name);
      if (kind === 'ResourceQuota') await this.usageOf(metadata.name, metadata.namespace!);
    }
    return answer;
  }

  /** Asks until the answer is there, within a bound. */
  public async until<T>(what: string, ask: () => T | undefined): Promise<T> {
    const end = Date.now() + PATIENCE_SECONDS * 1000;
    for (;;) {
      const answer = ask();
      if (answer !== undefined) return answer;
      if (Date.now() > end) throw new Error(`after ${PATIENCE_SECONDS} seconds: not yet ${what}`);
      await sleep(200);
    }
  }

  private accountOf(namespace: string): Promise<string> {
    return this.present(
      `the default account of ${namespace}`,
      'serviceaccount/default',
      namespace,
      '.metadata.uid',
    );
  }

  private usageOf(quota: string, namespace: string): Promise<string> {
    return this.present(`the use of the quota ${quota}`, `resourcequota/${quota}`, namespace, '.status.used');
  }

  private present(what: string, object: string, namespace: string, field: string): Promise<string> {
    const args = ['get', object, '--namespace', namespace, '--ignore-not-found', '-o', `jsonpath={${field}}`];
    return this.until(what, () => this.kubectl(...args).stdout || undefined);
  }
}

function listOf(items: readonly KubernetesManifest[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}
