import { compareText } from '../core/text/compare-text';
import type { ModelResource, ModelStack } from '../model/model';
import type { PlanChange } from '../model/plan';
import { attributeChanges } from './attributes';
import { masked } from './masked';
import type { ReviewedChange } from './review';
import { lossOf } from './stateful';
import type { Twins } from './twins';

/** Sentences for the reasons of Terraform. https://developer.hashicorp.com/terraform/internals/json-format */
const REASONS: Readonly<Record<string, string>> = {
  replace_because_cannot_update: 'The provider cannot change it in place.',
  replace_because_tainted: 'It is marked as tainted.',
  replace_because_by_request: 'The command asks for the replacement.',
  replace_by_request: 'The command asks for the replacement.',
  replace_by_triggers: 'A resource in replace_triggered_by changes.',
  delete_because_no_resource_config: 'The configuration does not have it.',
  delete_because_wrong_repetition: 'count or for_each was added or removed.',
  delete_because_count_index: 'count is lower.',
  delete_because_each_key: 'for_each does not have its key.',
  delete_because_no_module: 'The configuration does not have its module.',
  delete_because_no_move_target: 'It was moved to an address that the configuration does not have.',
};

const NO_VALUE = 'Only the order of values changes, or a value that the provider computes.';

/** Order of changes in a report: what can hurt comes first. */
const ORDER = ['delete', 'replace', 'forget', 'update', 'create', 'import', 'move'] as const;

/**
 * Changes of a stack with an effect, in the order of their risk.
 * @param twins things of all stacks that are deleted and created
 */
export function reviewedChanges(
  stack: ModelStack,
  changes: readonly PlanChange[],
  twins: Twins,
): readonly ReviewedChange[] {
  const known = new Map(stack.resources.map((resource) => [resource.address, resource]));
  return changes
    .flatMap((change) => reviewed(change, known.get(change.address), twins.notes(stack, change)))
    .sort((a, b) => rank(a) - rank(b) || compareText(a.address, b.address));
}
const rank = ({ action, isStatefulLoss }: ReviewedChange) =>
  ORDER.indexOf(action) - (isStatefulLoss ? 10 : 0);

function reviewed(
  change: PlanChange,
  resource: ModelResource | undefined,
  remedies: readonly string[],
): ReviewedChange[] {
  const action = actionOf(change);
  if (action === undefined) return [];
  const loses = change.actions.includes('delete') && action !== 'move';
  const loss = loses ? lossOf(change.type) : undefined;
  const attributes = attributeChanges(change);
  return [
    {
      address: change.address,
      type: change.type,
      action,
      ...(change.previousAddress !== undefined && { previousAddress: change.previousAddress }),
      notes: [
        ...notesOf(change, action),
        ...(loss === undefined ? [] : [loss]),
        ...remedies,
        ...(change.actions.includes('update') && attributes.length === 0 ? [NO_VALUE] : []),
      ],
      attributes,
      isStatefulLoss: loss !== undefined,
      ...(resource?.constructPath !== undefined && { constructPath: resource.constructPath }),
      ...(resource?.facts.reason !== undefined && { reason: resource.facts.reason }),
    },
  ];
}

/** Word of a change; `undefined` if it has no effect. */
function actionOf({
  mode,
  actions,
  replacement,
  previousAddress,
  importing,
}: PlanChange): ReviewedChange['action'] | undefined {
  if (mode === 'data') return undefined;
  if (replacement !== undefined) return 'replace';
  const found = (['delete', 'forget', 'create', 'update'] as const).find((action) =>
    actions.includes(action),
  );
  if (importing !== undefined && (found === undefined || found === 'update')) return 'import';
  if (found !== undefined) return found;
  if (previousAddress !== undefined) return 'move';
  // An action that this release does not know has an effect that it does not know.
  return actions.includes('unknown') ? 'update' : undefined;
}

function notesOf(change: PlanChange, action: ReviewedChange['action']): string[] {
  const { replacement, replacePaths, actionReason, previousAddress, importing, deposed, actions } = change;
  return [
    ...(replacement === 'delete-first' ? ['The old one is deleted before the new one exists.'] : []),
    ...(replacement === 'create-first' ? ['The new one exists before the old one is deleted.'] : []),
    ...(replacement === 'forget' ? ['The old one remains, without management.'] : []),
    ...(replacePaths.length > 0
      ? [`Replaced because of ${replacePaths.map((each) => masked(each)).join(', ')}.`]
      : []),
    ...(actionReason === undefined
      ? []
      : [REASONS[actionReason] ?? `Reason of Terraform: ${masked(actionReason)}.`]),
    ...(action === 'forget' ? ['The object remains, and no plan shows its changes any more.'] : []),
    ...(previousAddress === undefined ? [] : [`Moved from ${masked(previousAddress)}.`]),
    ...(importing === undefined
      ? []
      : [`Imported${importing.id === undefined ? '' : `: ${masked(importing.id)}`}.`]),
    ...(deposed === undefined ? [] : ['It is left over from a replacement that failed.']),
    ...(actions.includes('unknown') ? ['The plan has an action that this release does not know.'] : []),
  ];
}
