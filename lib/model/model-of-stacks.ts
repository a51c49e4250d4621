import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { Model } from './model';
import { readSynthesizedStack } from './synthesized-reader';

/** The model of all stacks at and below a construct, as a synthesis would write them. */
export function modelOfStacks(scope: IConstruct): Model {
  const stacks = scope.node.findAll().filter((each): each is TerraformStack => TerraformStack.isStack(each));
  return {
    stacks: stacks.map((stack) =>
      readSynthesizedStack(stack.toTerraform(), {
        name: stack.node.id,
        dependencies: stack.dependencies.map(({ node }) => node.id),
      }),
    ),
  };
}
