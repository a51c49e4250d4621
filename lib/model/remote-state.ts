import type { Model, ModelResource, ModelStack } from './model';
import { exactValueAt } from './values/paths';
import { seenFromOutside } from './resolve';
import { isModelObject, type ModelValue } from './values/value';

/** Name that CDK for Terraform gives to the data source of a reference between stacks. */
const CROSS_STACK = 'cross-stack-reference-input-';

/** Output of another stack that a data source `terraform_remote_state` reads, if the model has that stack. */
export function remoteOutput(
  model: Model,
  source: ModelResource | undefined,
  attribute: string,
): ModelValue | undefined {
  if (source?.type !== 'terraform_remote_state') return undefined;
  const [, output = '', rest = ''] = /^outputs\.([^.[]+)(.*)$/.exec(attribute) ?? [];
  const stack = stackOfState(model, source);
  const value = stack?.outputs.find(({ name }) => name === output)?.value;
  return (
    stack &&
    exactValueAt(value === undefined ? value : seenFromOutside(value, stack.name), rest.replace(/^\./, ''))
  );
}

function stackOfState(model: Model, { name, values }: ModelResource): ModelStack | undefined {
  const byName = model.stacks.find((stack) => name === CROSS_STACK + stack.name);
  return (
    byName ??
    model.stacks.find(
      ({ backend }) => backend?.type === values.backend && isSameState(backend, values.config),
    )
  );
}

/** Whether a backend keeps the state that a data source reads: all arguments that both have are equal. */
function isSameState(backend: ModelStack['backend'], config: ModelValue | undefined): boolean {
  if (backend === undefined || !isModelObject(config)) return false;
  const names = Object.keys(config).filter((name) => Object.hasOwn(backend.values, name));
  return (
    names.length > 0 &&
    names.every((name) => JSON.stringify(config[name]) === JSON.stringify(backend.values[name]))
  );
}
