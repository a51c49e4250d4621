import { arnsOf, accountOf } from './aws-arns';
import { AWS_RESOURCES } from './aws-table';
import { grouped, sorted } from './grouped';
import { splitIntoPolicies, type AwsPolicyFile, type AwsPolicyFileStatement } from './aws-policy-files';
import { valuesAt } from '../model/values/paths';
import type { ModelValue } from '../model/values/value';
import { isSet, knownText, referredBy, type StackResource } from './stack-resource';
import type { AwsTypePermissions, DeployOperation } from './type-permissions';

/** Needs of the deployer in one AWS account. */
export interface AwsDeployerAccess {
  /** Id of the account. It is `*` if the provider has no `allowed_account_ids`. */
  readonly account: string;
  /** Policies to attach to the role of the deployer. Each fits into the size of a managed policy. */
  readonly policies: readonly AwsPolicyFile[];
}

/** Table row of a resource; `undefined` if the type is unknown or belongs to another provider. */
export function awsTypeOf({ mode, type }: StackResource): AwsTypePermissions | undefined {
  return mode === 'managed' ? AWS_RESOURCES[type] : undefined;
}

/** Needs of the resources by account, sorted by account. */
export function awsAccess(
  resources: readonly StackResource[],
  operations: readonly DeployOperation[],
): AwsDeployerAccess[] {
  const known = resources.filter((resource) => awsTypeOf(resource) !== undefined);
  return grouped(known, accountOf).map(([account, own]) => ({
    account,
    policies: splitIntoPolicies(merged(own.flatMap((each) => statementsOf(each, operations)))),
  }));
}

function statementsOf(
  resource: StackResource,
  operations: readonly DeployOperation[],
): AwsPolicyFileStatement[] {
  const row = awsTypeOf(resource);
  if (row === undefined) return [];
  const writes = operations.some((operation) => operation !== 'read');
  const unrestricted = [
    ...(row.unrestricted ?? []),
    ...(row.when ?? [])
      .filter(({ attribute }) => isSet(resource, attribute))
      .flatMap(({ actions }) => actions),
  ];
  return [
    allow(
      operations.flatMap((operation) => row[operation]),
      arnsOf(resource),
    ),
    ...(unrestricted.length > 0 ? [allow(unrestricted, ['*'])] : []),
    ...(writes ? (row.references ?? []) : []).flatMap(({ attribute, actions, passedTo }) => {
      const values = valuesAt(resource.values, attribute);
      return values.map((value) => allow(actions, arnsAt(resource, value), passedTo));
    }),
  ];
}

function allow(
  actions: readonly string[],
  resources: readonly string[],
  passedTo?: string,
): AwsPolicyFileStatement {
  return {
    Effect: 'Allow',
    Action: sorted(actions),
    Resource: resources,
    ...(passedTo !== undefined && { Condition: { StringEquals: { 'iam:PassedToService': passedTo } } }),
  };
}

/** ARNs of the resource that an attribute names. */
function arnsAt(resource: StackResource, value: ModelValue): readonly string[] {
  const target = referredBy(resource, value);
  const known = target === undefined ? knownText(resource, value) : undefined;
  if (known !== undefined) return [known];
  return target && awsTypeOf(target) ? arnsOf(target) : ['*'];
}

/** One statement for each set of actions and condition. */
function merged(statements: readonly AwsPolicyFileStatement[]): AwsPolicyFileStatement[] {
  const byActions = grouped(statements, ({ Action, Condition }) => JSON.stringify([Action, Condition]));
  return byActions.flatMap(([, same]) => {
    const Resource = sorted(same.flatMap((statement) => statement.Resource));
    return same.slice(-1).map((statement) => ({ ...statement, Resource }));
  });
}
