import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { isManifest, ManifestError, readManifest } from '../../lib/access/manifest/read-manifest';
import { accessManifest, type AccessManifest } from '../../lib/access/manifest/manifest';
import { appended } from '../appended';
import { InputError } from '../../lib/core/input-error';
import type { Model } from '../../lib/model/model';
import { readOrganization } from '../../lib/access/organization/read-organization';
import type { OrganizationPolicy } from '../../lib/access/organization/organization-policy';
import { readJson } from '../input';
import { readModels } from '../models';
import type { Streams } from '../streams';

/** Options with the input of a question. */
export interface GraphInput {
  readonly input: readonly string[];
}

/** Adds the option with the input. */
export function withInput(command: Command): Command {
  return command.option(
    '-i, --input <path>',
    'cdktf.out, a cdk.tf.json, the JSON of a plan, or a manifest; several times if needed',
    appended,
  );
}

/** Options with the stacks or plans of a question that a manifest cannot answer. */
export interface ModelsInput {
  readonly input: readonly string[];
}

/** Adds the option with the stacks or plans. */
export function withModels(command: Command): Command {
  return command.option(
    '-i, --input <path>',
    'cdktf.out, a cdk.tf.json, or the JSON of a plan; several times if needed',
    appended,
    [],
  );
}

/** Options with the policies of the organization. */
export interface OrganizationOptions {
  readonly organization: readonly string[];
}

/** Adds the option with the policies of the organization. */
export function withOrganization(command: Command): Command {
  return command.option(
    '--organization <file>',
    'policy of the organization as the tool of its cloud prints it (SCP, RCP, boundary, deny policy); several times if needed',
    appended,
    [],
  );
}

/** Policies in the files. */
export async function organizationIn(
  { organization }: OrganizationOptions,
  streams: Streams,
): Promise<readonly OrganizationPolicy[]> {
  const files = await Promise.all(
    organization.map(async (file) => readOrganization(file, await readJson(file, streams))),
  );
  return files.flat();
}

/** Models of the stacks or plans. */
export function modelsIn({ input }: ModelsInput): Model {
  return readModels(input.length > 0 ? input : ['cdktf.out']);
}

/** The manifest of stacks and plans, or the one in a file. */
export function manifestIn(options: Partial<GraphInput>): AccessManifest {
  return sourceIn(options).manifest;
}

/** The manifest with the stacks and plans that it is made of, which a manifest in a file does not have. */
export function sourceIn({ input = ['cdktf.out'] }: Partial<GraphInput>): {
  readonly manifest: AccessManifest;
  readonly model?: Model;
} {
  const [path] = input;
  const given = input.length === 1 && path !== undefined ? manifestFile(path) : undefined;
  if (given !== undefined) return { manifest: given };
  const model = readModels(input);
  return { manifest: accessManifest(model), model };
}

/** The manifest in a file; `undefined` if the path is something else. */
function manifestFile(path: string): AccessManifest | undefined {
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(path === '-' ? 0 : path, 'utf8'));
  } catch {
    return undefined;
  }
  if (!isManifest(document)) return undefined;
  try {
    return readManifest(document);
  } catch (error) {
    if (error instanceof ManifestError) throw new InputError(`${path}: ${error.message}`, { cause: error });
    throw error;
  }
}
