import { Construct } from 'constructs';
import type { AwsAccount } from '../../aws/account';
import type { CloudWatchMetric, MetricOptions } from '../../aws/metric';
import { parseStateMachineAlias, stateMachineAliasArn } from '../../aws/state-machine-alias';
import { inheritedJustificationRules, type JustificationProps } from '../../core/justification';
import type { AwaitedResource } from '../../core/ordering';
import type { Shape } from '../../core/rules';
import { validate } from '../../core/validation';
import { executionMetric, type ExecutionMetric } from './execution-metrics';
import type { IStepFunctionsOrchestrator } from './orchestrator';
import { OrchestratorGrants } from './orchestrator-grants';
import { awsProviderRules, type AwsProviderOptions } from '../../aws/options';

interface ImportedOrchestratorProps extends JustificationProps, AwsProviderOptions {
  readonly aliasArn: string;
}

const rules: Shape<ImportedOrchestratorProps> = {
  aliasArn: stateMachineAliasArn,
  ...inheritedJustificationRules,
  ...awsProviderRules,
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
    const { account, name, aliasName, stateMachineArn } = parseStateMachineAlias(aliasArn);
    this.name = name;
    this.account = account;
    this.aliasName = aliasName;
    this.stateMachineArn = stateMachineArn;
    this.grants = new OrchestratorGrants(this, props);
  }

  public metric(name: ExecutionMetric, options?: MetricOptions): CloudWatchMetric {
    return executionMetric(this.stateMachineArn, name, options);
  }

  public dependenciesIn(): AwaitedResource[] {
    return [];
  }
}
