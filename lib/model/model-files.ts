import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isRecord, recordOf, textOf, textsOf, type JsonRecord } from './values/json-record';
import { lockedVersions } from './lock-file';
import type { Model, ModelStack } from './model';
import { ModelError } from './values/model-error';
import { decodedText, parsedJson, readModelText } from './model-text';
import type { PlanOptions } from './plan-reader';

const MANIFEST = 'manifest.json';
const CONFIGURATION = 'cdk.tf.json';
const LOCK_FILE = '.terraform.lock.hcl';
const STANDARD_INPUT = 0;

/**
 * Reads the model of a path: the output folder of an app (`cdktf.out`), the folder of one stack, one `cdk.tf.json`, or
 * the JSON of a plan. The path `-` is the standard input.
 * @param options name and dependencies of a single stack
 * @throws ModelError if the path cannot be read, or is something else
 */
export function readModel(path: string, options: PlanOptions = {}): Model {
  if (path === '-') return { stacks: [readModelText(textAt(STANDARD_INPUT, path), path, options)] };
  if (!isFolder(path)) return { stacks: [readStack(path, options)] };
  if (existsSync(join(path, MANIFEST))) return { stacks: stacksIn(path) };
  if (existsSync(join(path, CONFIGURATION)))
    return { stacks: [readStack(join(path, CONFIGURATION), options)] };
  const rule = `the folder must have ${MANIFEST} or ${CONFIGURATION}`;
  throw new ModelError(path, `${rule}. Run the synth first, or name the JSON file of a plan.`);
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function textAt(file: string | number, path: string): string {
  try {
    return decodedText(readFileSync(file));
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): ModelError {
  const code = textOf(recordOf(cause).code) ?? 'unknown error';
  return new ModelError(path, `the file must exist and be readable (${code}).`, { cause });
}

function readStack(file: string, options: PlanOptions): ModelStack {
  const lockFile = join(dirname(file), LOCK_FILE);
  return readModelText(textAt(file, file), file, {
    ...(basename(file) !== CONFIGURATION && { name: nameOf(file) }),
    ...(existsSync(lockFile) && { providerVersions: lockedVersions(textAt(lockFile, lockFile)) }),
    ...options,
  });
}

/** Name of the stack of a plan: that of the file, or of its folder if the file has a common name. */
function nameOf(file: string): string {
  const name = basename(file).replace(/(?:\.tf)?\.json$/, '');
  return /^(?:tf)?plan$/.test(name) ? basename(dirname(resolve(file))) : name;
}

/** The stacks of an app, each after its dependencies. */
function stacksIn(folder: string): ModelStack[] {
  const manifest = join(folder, MANIFEST);
  const { stacks } = recordOf(parsedJson(textAt(manifest, manifest), manifest));
  if (!isRecord(stacks)) {
    throw new ModelError(
      manifest,
      'the file must be the manifest of a synthesized app. Run the synth first.',
    );
  }
  const order = new Set<string>();
  const visited = new Set<string>();
  const add = (name: string) => {
    if (visited.has(name)) return;
    visited.add(name);
    textsOf(recordOf(stacks[name]).dependencies).forEach(add);
    order.add(name);
  };
  Object.keys(stacks).forEach(add);
  return [...order]
    .filter((name) => Object.hasOwn(stacks, name))
    .map((name) => stackOf(folder, name, recordOf(stacks[name])));
}

function stackOf(folder: string, name: string, entry: JsonRecord): ModelStack {
  const file = textOf(entry.synthesizedStackPath);
  if (file === undefined) {
    throw new ModelError(
      join(folder, MANIFEST),
      `the stack "${name}" must have a synthesizedStackPath. Run the synth first.`,
    );
  }
  return readStack(join(folder, file), { name, dependencies: textsOf(entry.dependencies) });
}
