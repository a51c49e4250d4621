import { acknowledgement, justificationRules } from '../core/justification';
import { all, list, matching, optional, record, rule, shape, string, type Rule } from '../core/rules';

/** Defaults of the library that a statement may set aside, each with the reason why. */
export interface AwsPolicyAcknowledgements {
  /**
   * Why it names every resource (`*`), every action (`*`) or every action of a service (`s3:*`).
   * @default - such a statement is refused
   */
  readonly wildcard?: string;
}

/** What an AWS role may do: one statement with the effect `Allow`. */
export interface AwsPolicyStatement {
  /** Actions, for example `s3:GetObject`: at least one. */
  readonly actions: readonly string[];
  /** ARNs of the resources: at least one. */
  readonly resources: readonly string[];
  /**
   * When it counts: values by operator and key, for example `{ StringEquals: { 'aws:SourceVpc': 'vpc-1' } }`.
   * @default - always
   */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  /**
   * Name of the statement: letters and digits, once in a policy.
   * @default - none
   */
  readonly sid?: string;
  /**
   * What it is for: one line, at most 160 bytes.
   * @default - the reason of the role
   */
  readonly reason?: string;
  /**
   * What is known and accepted.
   * @default - nothing
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
  sid: optional(matching(/^[A-Za-z0-9]+$/, 'have only letters and digits')),
  reason: optional(justificationRules.reason),
  acknowledge: optional(shape<AwsPolicyAcknowledgements>({ wildcard: acknowledgement })),
});

const isWildcard = (name: string) => name === '*' || name.endsWith(':*');

function wildcardOf({ actions, resources }: AwsPolicyStatement): string | undefined {
  return actions.find(isWildcard) ?? resources.find((each) => each === '*');
}

/** A statement that names what may be done and with what. */
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

/** The statement as it stands in a policy. */
export function policyJson({ sid, actions, resources, conditions }: AwsPolicyStatement): object {
  return {
    ...(sid !== undefined && { Sid: sid }),
    Effect: 'Allow',
    Action: [...actions],
    Resource: [...resources],
    ...(conditions !== undefined && { Condition: conditions }),
  };
}

/** What stands beside the policy about a statement that says more than its role does. */
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
