import type { AwsReferencePermissions, OperationPermissions } from './type-permissions';

/** Region and account in an ARN pattern. */
export const HERE = '{region}:{account}';

/**
 * Actions of one service by operation.
 * @param names names of the actions, separated by spaces
 */
export function actionsOf(
  service: string,
  names: Readonly<Record<keyof OperationPermissions, string>>,
): OperationPermissions {
  const actions = (words: string) => words.split(' ').map((name) => `${service}:${name}`);
  return {
    create: actions(names.create),
    read: actions(names.read),
    update: actions(names.update),
    delete: actions(names.delete),
  };
}

/** A role that the deployer passes to a service. */
export function passes(attribute: string, service: string): readonly AwsReferencePermissions[] {
  return [{ attribute, actions: ['iam:PassRole'], passedTo: `${service}.amazonaws.com` }];
}
