import { GKE_ERRORS } from '../../lib/contracts/job-errors';
import type { PodSpec } from '../../lib/contracts/jobs';
import { Failure } from '../shared/http/failure';
import { isObject } from '../shared/http/json';

type Fields = Readonly<Record<string, unknown>>;

/**
 * A pod whose containers get their command, arguments and variables as the state machine sent them. Numbers and
 * booleans become text. The kubelet expands `$(NAME)` and reduces `$$`, so each `$` is doubled.
 * https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
export function literalPod(pod: PodSpec): PodSpec {
  return { ...pod, ...literalContainers(pod, 'initContainers'), ...literalContainers(pod, 'containers') };
}

function literalContainers(pod: PodSpec, field: string): Fields {
  const containers = pod[field];
  return Array.isArray(containers) ? { [field]: containers.map(literalContainer) } : {};
}

function literalContainer(container: unknown): unknown {
  if (!isObject(container)) return container;
  const { command, args, env } = container;
  return {
    ...container,
    ...(command === undefined ? {} : { command: literalList(command, 'command') }),
    ...(args === undefined ? {} : { args: literalList(args, 'args') }),
    ...(Array.isArray(env) ? { env: env.map(literalVariable) } : {}),
  };
}

function literalList(value: unknown, field: string): readonly string[] {
  if (!Array.isArray(value)) throw malformed(field, 'a list of texts', value);
  return value.map((each: unknown, index) => literalText(each, `${field}[${index}]`));
}

function literalVariable(variable: unknown): unknown {
  if (!isObject(variable) || !('value' in variable)) return variable;
  const value = literalText(variable.value, `the environment variable ${String(variable.name)}`);
  return { ...variable, value };
}

function literalText(value: unknown, field: string): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw malformed(field, 'a text, a number or a boolean', value);
  }
  return String(value).replaceAll('$', '$$$$');
}

/** The message has the kind of the value only, because the value may be confidential. */
function malformed(field: string, rule: string, value: unknown): Failure {
  const kind =
    value === null ? 'null' : Array.isArray(value) ? 'a list' : isObject(value) ? 'an object' : typeof value;
  return new Failure(GKE_ERRORS.BAD_REQUEST, `${field} must be ${rule} (got ${kind}).`);
}
