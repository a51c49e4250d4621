import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { isObject } from '../../core/is-object';
import { oncePer } from '../../core/registry';
import type { Model } from '../../model/model';
import type { AccessGraph } from '../graph/graph';
import { violationsOf, type Invariant } from './invariant';

/** Name of the entry in the `//` comment of a stack that holds the invariants. */
const STACK_COMMENT = 'invariants';

/** Writes an invariant into the synthesized stacks that a scope has at this time. */
export function recordInvariant(scope: IConstruct, invariant: Invariant): void {
  const stacks = scope.node.findAll().filter((each): each is TerraformStack => TerraformStack.isStack(each));
  for (const stack of stacks) {
    const known = oncePer(stack, 'invariants', () => new Map<string, Invariant>());
    known.set(JSON.stringify(invariant), invariant);
    stack.addOverride(`//.${STACK_COMMENT}`, [...known.values()]);
  }
}

/** Invariants that the stacks of a model record, each once. */
function invariantsOf({ stacks }: Model): readonly Invariant[] {
  const recorded = stacks.flatMap(({ comment }) => comment[STACK_COMMENT]).filter(isInvariant);
  return [...new Map(recorded.map((each) => [JSON.stringify(each), each])).values()];
}

const isText = (value: unknown): boolean => typeof value === 'string';

function isInvariant(value: unknown): value is Invariant {
  if (!isObject(value) || !isText(value.resource)) return false;
  const { kind, identity, identities, permission } = value;
  if (kind === 'never') return isText(identity) && (permission === undefined || isText(permission));
  return kind === 'only' && Array.isArray(identities) && identities.every(isText) && isText(permission);
}

/**
 * Sentences about the invariants of a model: what each demands, and whether it holds for the access of the model. An
 * identity that the model does not have is in another stack.
 * @param graph access graph or manifest of the model
 */
export function invariantLines(model: Model, graph: AccessGraph): readonly string[] {
  return invariantsOf(model).map((invariant) => {
    const [violation] = violationsOf(graph, invariant);
    return violation === undefined ? `Holds: ${sentenceOf(invariant)}` : `Violated: ${violation}`;
  });
}

function sentenceOf(invariant: Invariant): string {
  const { permission = 'access', resource } = invariant;
  return invariant.kind === 'never'
    ? `${invariant.identity} must not have ${permission} on ${resource}.`
    : `only ${invariant.identities.join(', ')} may have ${permission} on ${resource}.`;
}
