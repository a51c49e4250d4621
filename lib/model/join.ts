import { configurationAddress } from './values/address';
import { filledFrom } from './fill';
import type { Model, ModelResource, ModelStack } from './model';
import type { PlanChange } from './plan';

/**
 * Adds to the plans of a model what the synthesized stacks of the same names know: construct paths, facts, lifecycle,
 * and the expressions of values that the plan does not know. A stack without a counterpart stays as it is.
 * @param plans model of plans
 * @param synthesized model of synthesized stacks
 */
export function joinPlans(plans: Model, synthesized: Model): Model {
  const sources = new Map(synthesized.stacks.map((stack) => [stack.name, stack]));
  return {
    stacks: plans.stacks.map((plan) => {
      const source = sources.get(plan.name);
      return source === undefined ? plan : joinedStack(plan, source);
    }),
  };
}

function joinedStack(stack: ModelStack, source: ModelStack): ModelStack {
  const sources = new Map(source.resources.map((each) => [each.address, each]));
  const changes = stack.plan?.changes.map((change) =>
    joinedChange(change, sources.get(configurationAddress(change.address))),
  );
  return {
    ...stack,
    dependencies: source.dependencies,
    ...(source.backend && { backend: source.backend }),
    locals: source.locals,
    comment: source.comment,
    resources: stack.resources.map((each) =>
      joinedResource(each, sources.get(configurationAddress(each.address))),
    ),
    ...(stack.plan && changes && { plan: { ...stack.plan, changes } }),
  };
}

function joinedResource(resource: ModelResource, source: ModelResource | undefined): ModelResource {
  if (source === undefined) return resource;
  const { constructPath, stackTrace, facts, lifecycle, count, forEach, provisioners } = source;
  const { values, filled } = filledFrom(resource.values, source.values);
  return {
    ...resource,
    values,
    filled: [...resource.filled, ...filled],
    ...(constructPath !== undefined && { constructPath }),
    stackTrace,
    facts,
    lifecycle,
    ...(count !== undefined && { count }),
    ...(forEach !== undefined && { forEach }),
    provisioners,
  };
}

function joinedChange(change: PlanChange, source: ModelResource | undefined): PlanChange {
  if (source === undefined || change.after === undefined) return change;
  const { values, filled } = filledFrom(change.after, source.values);
  return { ...change, after: values, afterFilled: [...change.afterFilled, ...filled] };
}
