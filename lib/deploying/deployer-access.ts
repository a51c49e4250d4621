import type { TerraformStack } from 'cdktf';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { awsAccess, awsTypeOf, type AwsDeployerAccess } from './aws-access';
import { googleAccess, googleTypeOf, type GoogleDeployerAccess } from './google-access';
import { sorted } from './grouped';
import { clusterRoleOf, kubernetesKindOf, type KubernetesClusterRole } from './kubernetes-access';
import type { ModelStack } from '../model/model';
import { readModel } from '../model/model-files';
import { ModelIndex } from '../model/model-index';
import { readSynthesizedStack } from '../model/synthesized-reader';
import { resourcesOf, type StackResource } from './stack-resource';
import { ALL_OPERATIONS, type DeployOperation } from './type-permissions';

/** Options of a calculation of access. */
export interface DeployerAccessOptions {
  /**
   * Names of the stacks that the deployer applies.
   * @default - all stacks of the app
   */
  readonly stacks?: readonly string[];
  /**
   * Whether the access is for plans only, for example of pull requests. The result has no permission that changes a
   * resource.
   * @default false
   */
  readonly planOnly?: boolean;
}

/**
 * Access that the principal needs that applies the stacks of an app: APIs, service agents and permissions in Google
 * Cloud, IAM policies in AWS, and a ClusterRole. It is calculated from the synthesized stacks and calls no cloud.
 */
export class DeployerAccess {
  /**
   * Calculates the access from the output folder of an app.
   * @param outdir folder with `manifest.json`, for example `cdktf.out` or `app.outdir` after `app.synth()`
   */
  public static fromOutput(outdir: string, options: DeployerAccessOptions = {}): DeployerAccess {
    const all = stacksIn(outdir);
    const names = all.map(({ name }) => name);
    const missing = options.stacks?.find((name) => !names.includes(name));
    if (missing !== undefined) {
      throw new Error(
        `stacks must name stacks of the app (got "${missing}"). The app has ${names.join(', ')}.`,
      );
    }
    const chosen = all.filter(({ name }) => options.stacks?.includes(name) ?? true);
    return new DeployerAccess(chosen, operationsOf(options));
  }

  /**
   * Calculates the access from stacks of an app that is not synthesized yet. The result has the resources that the
   * stacks have at the time of the call.
   * @param stacks stacks that the deployer applies
   */
  public static fromStacks(
    stacks: readonly TerraformStack[],
    options: Pick<DeployerAccessOptions, 'planOnly'> = {},
  ): DeployerAccess {
    return new DeployerAccess(stacks.map(modelOf), operationsOf(options));
  }

  /** Names of the stacks, each after the stacks that must exist before its plan. */
  public readonly stacks: readonly string[];
  /** Local names of the providers that need credentials, for example `aws`. Sorted. */
  public readonly providers: readonly string[];
  /** Needs by Google Cloud project. */
  public readonly google: readonly GoogleDeployerAccess[];
  /** Needs by AWS account. */
  public readonly aws: readonly AwsDeployerAccess[];
  /** Needs in the clusters; `undefined` if no stack has an object of Kubernetes. */
  public readonly clusterRole: KubernetesClusterRole | undefined;
  /** Types whose permissions the library does not know. Their permissions are missing in the result. Sorted. */
  public readonly unknownTypes: readonly string[];

  private constructor(stacks: readonly ModelStack[], operations: readonly DeployOperation[]) {
    const resources = resourcesOf(new ModelIndex({ stacks }));
    this.stacks = stacks.map(({ name }) => name);
    this.providers = sorted(stacks.flatMap(({ providers }) => providers.map(({ name }) => name)));
    this.google = googleAccess(resources, operations);
    this.aws = awsAccess(resources, operations);
    this.clusterRole = clusterRoleOf(resources, operations);
    this.unknownTypes = sorted(
      resources.filter(isUnknown).map(({ mode, type }) => (mode === 'data' ? `data.${type}` : type)),
    );
  }

  /**
   * Writes one JSON file per custom role, IAM policy and ClusterRole, as `gcloud`, `aws` and `kubectl` read them.
   * @param folder target folder; it is created
   * @returns paths of the files
   */
  public writeFiles(folder: string): string[] {
    const files = [
      ...this.google.map(({ project, customRole }) => [`google-${project}.json`, customRole] as const),
      ...this.aws.flatMap(({ account, policies }) =>
        policies.map(
          (policy, index) => [`aws-${account.replace('*', 'ACCOUNT')}-${index + 1}.json`, policy] as const,
        ),
      ),
      ...(this.clusterRole ? [['cluster-role.json', this.clusterRole] as const] : []),
    ];
    mkdirSync(folder, { recursive: true });
    return files.map(([name, content]) => {
      const path = join(folder, name);
      writeFileSync(path, `${JSON.stringify(content, undefined, 2)}\n`);
      return path;
    });
  }
}

function operationsOf({ planOnly }: DeployerAccessOptions): readonly DeployOperation[] {
  return planOnly ? ['read'] : ALL_OPERATIONS;
}

function isUnknown(resource: StackResource): boolean {
  // The resource of Terraform itself calls no cloud.
  if (resource.type.startsWith('terraform_')) return false;
  return !(googleTypeOf(resource) || awsTypeOf(resource) || kubernetesKindOf(resource));
}

function stacksIn(outdir: string): readonly ModelStack[] {
  try {
    return readModel(outdir).stacks;
  } catch (cause) {
    throw new Error(
      `outdir must be the output folder of a synthesized app (got "${outdir}"). Run the synth first.`,
      { cause },
    );
  }
}

/** A stack that is not synthesized yet, with the resources that it has now. */
function modelOf(stack: TerraformStack): ModelStack {
  return readSynthesizedStack(JSON.parse(JSON.stringify(stack.toTerraform())), {
    name: stack.node.id,
    dependencies: stack.dependencies.map(({ node }) => node.id),
  });
}
