import type { TerraformProvider } from 'cdktf';
import type { IConstruct } from 'constructs';
import { awsAccount, type AwsAccount } from '../aws/account';
import { actionArn, kmsKeyArn, retentionDays } from '../aws/names';
import { ValidationError, type ValidationProblem } from '../core/errors';
import { inheritedValuesOf, type InheritedProp } from '../core/inherited';
import { inheritedJustificationRules, type JustificationProps } from '../core/justification';
import { list, optional, provider, shape, string, type Shape } from '../core/rules';
import { problemsOf } from '../core/validation';
import { kmsKeyName } from '../google/names';
import { project, type GoogleProject } from '../google/project';

/** Props that all constructs below a scope inherit. */
export interface DefaultValues extends Partial<JustificationProps> {
  /**
   * Google Cloud project of the constructs.
   * @default - each construct sets its project
   */
  readonly project?: GoogleProject;
  /**
   * AWS account and region of the constructs.
   * @default - each construct sets its account, or derives it from its federation or its target
   */
  readonly account?: AwsAccount;
  /**
   * Google Cloud location of the constructs, for example `europe-west1`.
   * @default - each construct sets its location
   */
  readonly location?: string;
  /**
   * ARNs that CloudWatch alarms call, for example of SNS topics.
   * @default - alarms without actions
   */
  readonly alarmActions?: readonly string[];
  /**
   * Retention of log groups in days: one of the values that CloudWatch Logs accepts.
   * @default - the retention of each construct
   */
  readonly logRetentionDays?: number;
  /**
   * ARN of the KMS key of logs, queues and secrets on AWS.
   * @default - encryption with keys of AWS
   */
  readonly kmsKeyArn?: string;
  /**
   * Name of the Cloud KMS key of Vertex AI resources and secrets.
   * @default - encryption with keys of Google
   */
  readonly kmsKeyName?: string;
  /**
   * AWS provider; a provider of the stack of each construct.
   * @default - the default provider of the stack
   */
  readonly awsProvider?: TerraformProvider;
  /**
   * Google provider; a provider of the stack of each construct.
   * @default - the default provider of the stack
   */
  readonly googleProvider?: TerraformProvider;
  /**
   * Kubernetes provider; a provider of the stack of each construct.
   * @default - the default provider of the stack
   */
  readonly kubernetesProvider?: TerraformProvider;
}

const rules: Shape<DefaultValues> = {
  ...inheritedJustificationRules,
  project: optional(project),
  account: optional(awsAccount),
  location: optional(string()),
  alarmActions: optional(list(actionArn)),
  logRetentionDays: optional(retentionDays),
  kmsKeyArn: optional(kmsKeyArn),
  kmsKeyName: optional(kmsKeyName),
  awsProvider: optional(provider('aws')),
  googleProvider: optional(provider('google')),
  kubernetesProvider: optional(provider('kubernetes')),
};

/**
 * Props that the constructs below a scope inherit, for example the reason and the owner of every grant. For each prop
 * the nearest scope wins, and a prop of the construct overrides all defaults. Names, conditions, grants and
 * acknowledgements have no defaults.
 *
 *   Defaults.of(stack).set({ reason: 'loads the warehouse', owner: 'team-data', alarmActions: [topic.arn] });
 */
export class Defaults {
  /** Returns the defaults of a scope: an app, a stack or any construct. */
  public static of(scope: IConstruct): Defaults {
    return new Defaults(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * Sets defaults for the constructs that are created below the scope from now on.
   * @throws ValidationError if a value breaks its rule, or if a construct already inherited a prop of that name
   */
  public set(values: DefaultValues): this {
    const problems: ValidationProblem[] = problemsOf(shape(rules), values, '');
    const stored = inheritedValuesOf(this.scope);
    const given = Object.entries(values ?? {}).filter(([, value]) => value !== undefined);
    for (const [name, value] of given as [InheritedProp, unknown][]) {
      const reader = stored.readers[name];
      if (reader === undefined) continue;
      const rule = `be set before the first construct that inherits it (${reader})`;
      problems.push({ property: name, value, rule, fix: 'Call Defaults.of(scope).set(…) first.' });
    }
    if (problems.length > 0) {
      throw new ValidationError(`Defaults.of(${this.scope.node.path || 'app'})`, problems);
    }
    Object.assign(stored.values, Object.fromEntries(given));
    return this;
  }
}
