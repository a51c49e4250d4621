import type { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import type { AwsAccount, AwsPartition } from '../../aws/account';
import type { CloudWatchMetric, MetricOptions } from '../../aws/metric';
import { justificationRules, type JustificationProps } from '../../core/justification';
import type { AwaitedResource } from '../../core/ordering';
import { knownAtSynth, matching, optional, provider, type Shape } from '../../core/rules';
import { validate } from '../../core/validation';
import { executionMetric, type ExecutionMetric } from './execution-metrics';
import type { IStepFunctionsOrchestrator } from './orchestrator';
import { OrchestratorGrants } from './orchestrator-grants';

interface ImportedOrchestratorProps extends JustificationProps {
  readonly aliasArn: string;
  readonly awsProvider?: TerraformProvider;
}

const ALIAS_ARN =
  /^arn:(aws|aws-cn|aws-us-gov):states:([a-z0-9-]+):(\d{12}):stateMachine:([\w-]{1,80}):([A-Za-z_.-][\w.-]{0,79})$/;

const rules: Shape<ImportedOrchestratorProps> = {
  // The parts of the ARN are names and scopes of other resources, so they are known at synth.
  aliasArn: knownAtSynth(
    matching(
      ALIAS_ARN,
      'be the ARN of an alias, arn:aws:states:REGION:ACCOUNT:stateMachine:NAME:ALIAS',
      (value) =>
        /:stateMachine:[\w-]+(:\d+)?$/.test(value)
          ? 'Use an alias. A state machine or a version of it runs without review of later versions.'
          : undefined,
    ),
  ),
  reason: optional(justificationRules.reason),
  owner: justificationRules.owner,
  ticket: justificationRules.ticket,
  awsProvider: optional(provider('aws')),
};

/** A standard state machine of another stack or tool, by the ARN of its alias. */
export class ImportedOrchestrator extends Construct implements IStepFunctionsOrchestrator {
  public readonly name: string;
  public readonly account: AwsAccount;
  public readonly type = 'STANDARD';
  public readonly stateMachineArn: string;
  public readonly aliasName: string;
  public readonly functionArns: readonly string[] = [];
  public readonly deadLetterQueueNames: readonly string[] = [];
  public readonly grants: OrchestratorGrants;

  constructor(
    scope: Construct,
    id: string,
    public readonly aliasArn: string,
  ) {
    super(scope, id);
    const props = validate(this, { aliasArn } as ImportedOrchestratorProps, rules);
    const [, partition, region, accountId, name, alias] = partsOf(aliasArn);
    this.name = name;
    this.account = { id: accountId, region, ...(partition !== 'aws' && { partition }) };
    this.aliasName = alias;
    this.stateMachineArn = aliasArn.slice(0, -alias.length - 1);
    this.grants = new OrchestratorGrants(this, props);
  }

  public metric(name: ExecutionMetric, options?: MetricOptions): CloudWatchMetric {
    return executionMetric(this.stateMachineArn, name, options);
  }

  public dependenciesIn(): AwaitedResource[] {
    return [];
  }
}

type AliasArnParts = [
  arn: string,
  partition: AwsPartition,
  region: string,
  account: string,
  name: string,
  alias: string,
];

/** Parts of a valid ARN. */
function partsOf(aliasArn: string): AliasArnParts {
  return ALIAS_ARN.exec(aliasArn) as unknown as AliasArnParts;
}
