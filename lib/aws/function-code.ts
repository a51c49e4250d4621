import { AssetType, TerraformAsset, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { oncePer, sharedParent } from '../core/registry';

/** Code of a function, as Lambda takes it. */
export interface FunctionCode {
  /** Path of the archive, relative to the configuration of the stack. */
  readonly filename: string;
  /** SHA-256 of the archive in base64: what Lambda itself says of the code. */
  readonly sourceCodeHash: string;
}

const SCOPE = 'functions';

/**
 * A bundle of the package as code of a function: one copy beside the configuration of a stack, for all functions of it.
 * The archive is made with the package and is the same everywhere, so that a plan on another machine is empty.
 */
export function functionCodeOf(scope: IConstruct, bundle: string): FunctionCode {
  const stack = TerraformStack.of(scope);
  return oncePer(stack, `${SCOPE} ${bundle}`, () => addAsset(stack, bundle));
}

function addAsset(stack: TerraformStack, bundle: string): FunctionCode {
  const path = require.resolve(`cdktf-multicloud/runtime/${bundle}.zip`);
  const asset = new TerraformAsset(sharedParent(stack, SCOPE), bundle, { path, type: AssetType.FILE });
  const sourceCodeHash = createHash('sha256').update(readFileSync(path)).digest('base64');
  return { filename: asset.path, sourceCodeHash };
}
