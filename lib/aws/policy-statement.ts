import { acknowledgement, justificationRules } from '../core/justification';
import { all, list, matching, optional, record, rule, shape, string, type Rule } from '../core/rules';
import { terraformTextJson } from '../core/terraform-json';

/** Safety checks that a statement overrides, each with its reason. */
export interface AwsPolicyAcknowledgements {
  /**
   * Reason for every resource (`*`), every action (`*`) or every action of a service (`s3:*`).
   * @default - such a statement is rejected
   */
  readonly wildcard?: string;
}

/** Permissions of an AWS role: one statement with the effect `Allow`. */
export interface AwsPolicyStatement {
  /** Actions, for example `s3:GetObject`: at least one. */
  readonly actions: readonly string[];
  /** ARNs of the resources: at least one. */
  readonly resources: readonly string[];
  /**
   * Conditions of the permission: values by operator and key, for example `{ StringEquals: { 'aws:SourceVpc': 'vpc-1' } }`.
   * @default - no conditions
   */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  /**
   * Name of the statement: letters and digits, once in a policy.
   * @default - none
   */
  readonly sid?: string;
  /**
   * Reason for the permission: one line, at most 160 bytes.
   * @default - the reason of the role
   */
  readonly reason?: string;
  /**
   * Safety checks to override.
   * @default - no overrides
   */
  readonly acknowledge?: AwsPolicyAcknowledgements;
}

const action = matching(
  /^(\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$/,
  'be an action of the form SERVICE:ACTION',
  (value) => (/^\w[\w-]*\.[A-Za-z]+$/.test(value) ? `Use "${value.replace('.', ':')}".` : undefined),
);

const resource = matching(/^(\*|arn:[^:\s]+:[^\s]+)$/, 'be an ARN');

const texts: Rule = (value, property, report) =>
  (Array.isArray(value) ? list(string(), { min: 1 }) : string())(value, property, report);

const statementShape = shape<AwsPolicyStatement>({
  actions: list(action, { min: 1 }),
  resources: list(resource, { min: 1 }),
  conditions: optional(
    record(
      matching(
        /^((ForAllValues|ForAnyValue):)?[A-Z][A-Za-z]+$/,
        'be a condition operator, for example "StringEquals"',
      ),
      record(string(), texts),
    ),
  ),
  sid: optional(
    matching(/^[A-Za-z0-9]+$/, 'have only letters and digits', (value) => {
      const plain = value.replace(/[^A-Za-z0-9]/g, '');
      return plain === '' ? undefined : `Use "${plain}".`;
    }),
  ),
  reason: optional(justificationRules.reason),
  acknowledge: optional(shape<AwsPolicyAcknowledgements>({ wildcard: acknowledgement })),
});

const isWildcard = (name: string) => name === '*' || name.endsWith(':*');

function wildcardOf({ actions, resources }: AwsPolicyStatement): string | undefined {
  return actions.find(isWildcard) ?? resources.find((each) => each === '*');
}

/** A statement that names its actions and resources. */
export const policyStatement: Rule = all(
  statementShape,
  rule(
    'not be "*" or "SERVICE:*", which allow more than the statement shows',
    (value) => {
      const statement = value as AwsPolicyStatement;
      return statement.acknowledge?.wildcard !== undefined || wildcardOf(statement) === undefined;
    },
    () => 'List the actions and the ARNs, or set acknowledge.wildcard to the reason.',
  ),
);

/** The statement as JSON of a policy. */
export function policyJson({ sid, actions, resources, conditions }: AwsPolicyStatement): object {
  return {
    ...(sid !== undefined && { Sid: sid }),
    Effect: 'Allow',
    Action: [...actions],
    Resource: [...resources],
    ...(conditions !== undefined && { Condition: conditions }),
  };
}

/** Policy document of statements. */
export function policyDocument(statements: readonly AwsPolicyStatement[]): string {
  return terraformTextJson({ Version: '2012-10-17', Statement: statements.map(policyJson) });
}

/** Reason and overrides of a statement, for the comment of the policy. */
export function policyFacts({ sid, actions, reason, acknowledge }: AwsPolicyStatement): object[] {
  if (reason === undefined && acknowledge === undefined) return [];
  return [
    {
      ...(sid === undefined ? { actions } : { sid }),
      ...(reason !== undefined && { reason }),
      ...(acknowledge !== undefined && { acknowledged: acknowledge }),
    },
  ];
}
