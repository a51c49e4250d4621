/** Statement of an IAM policy. */
export interface AwsPolicyFileStatement {
  /** Effect of the statement. */
  readonly Effect: 'Allow';
  /** Actions, for example `states:CreateStateMachine`. */
  readonly Action: readonly string[];
  /** ARNs or ARN patterns of the resources. */
  readonly Resource: readonly string[];
  /** Conditions by operator and key. @default - no condition */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A file for `aws iam create-policy --policy-document file://FILE`. */
export interface AwsPolicyFile {
  /** Version of the policy language. */
  readonly Version: '2012-10-17';
  /** Statements of the policy. */
  readonly Statement: readonly AwsPolicyFileStatement[];
}

/** Characters of a managed policy without white space. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const LARGEST_POLICY = 6144;

/** The fewest policies in order that fit into the quota. A statement with many resources is split. */
export function splitIntoPolicies(statements: readonly AwsPolicyFileStatement[]): AwsPolicyFile[] {
  const policies: AwsPolicyFileStatement[][] = [];
  for (const statement of statements.flatMap(halvedUntilItFits)) {
    const last = policies.at(-1);
    if (last && sizeOf([...last, statement]) <= LARGEST_POLICY) last.push(statement);
    else policies.push([statement]);
  }
  return policies.map((own) => ({ Version: '2012-10-17', Statement: own }));
}

function halvedUntilItFits(statement: AwsPolicyFileStatement): AwsPolicyFileStatement[] {
  const { Resource } = statement;
  if (Resource.length < 2 || sizeOf([statement]) <= LARGEST_POLICY) return [statement];
  const middle = Math.ceil(Resource.length / 2);
  return [Resource.slice(0, middle), Resource.slice(middle)].flatMap((half) =>
    halvedUntilItFits({ ...statement, Resource: half }),
  );
}

function sizeOf(statements: readonly AwsPolicyFileStatement[]): number {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements }).length;
}
