import { reference } from '../../../core/reference';
import { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard';
import { Construct } from 'constructs';
import {
  all,
  constructLike,
  knownAtSynth,
  list,
  matching,
  optional,
  string,
  type Shape,
} from '../../../core/rules';
import { terraformTextJson } from '../../../core/terraform-json';
import { validate } from '../../../core/validation';
import { dashboardWidgets } from './dashboard-widgets';
import { orchestratorRule, type IStepFunctionsOrchestrator } from '../orchestrator';
import { awsProviderRules, type AwsProviderOptions } from '../../../aws/options';

/** Members of a trigger that a dashboard reads. */
export interface IDashboardTrigger {
  /** Name of the dead-letter queue of the trigger. */
  readonly deadLetterQueueName: string;
}

/** Props of an `OrchestratorDashboard`. */
export interface OrchestratorDashboardProps extends AwsProviderOptions {
  /** Orchestrator of the charts: its executions, its functions and its dead-letter queues. */
  readonly orchestrator: IStepFunctionsOrchestrator;
  /**
   * Name of the dashboard: 1 to 255 letters, digits, `-` and `_`.
   * @default - the name of the orchestrator
   */
  readonly name?: string;
  /**
   * Triggers whose dead-letter queues the dashboard shows.
   * @default - no triggers
   */
  readonly triggers?: readonly IDashboardTrigger[];
  /**
   * Names of further dead-letter queues.
   * @default - the queues of the clean-up and of `triggers`
   */
  readonly deadLetterQueueNames?: readonly string[];
}

const rules: Shape<OrchestratorDashboardProps> = {
  orchestrator: orchestratorRule,
  name: optional(knownAtSynth(matching(/^[\w-]{1,255}$/, 'have 1 to 255 letters, digits, "-" and "_"'))),
  triggers: optional(
    list(
      all(
        constructLike('a trigger', { deadLetterQueueName: 'string' }),
        reference<IDashboardTrigger>({ deadLetterQueueName: string() }),
      ),
    ),
  ),
  deadLetterQueueNames: optional(
    list(knownAtSynth(matching(/^[\w-]{1,80}(\.fifo)?$/, 'have 1 to 80 letters, digits, "-" and "_"'))),
  ),
  ...awsProviderRules,
};

/** A CloudWatch dashboard of one orchestrator: results and duration of executions, functions, dead-letter queues. */
export class OrchestratorDashboard extends Construct {
  /** Name of the dashboard. */
  public readonly name: string;

  constructor(scope: Construct, id: string, given: OrchestratorDashboardProps) {
    super(scope, id);
    const props = validate(this, given, rules);
    const { orchestrator, triggers = [], deadLetterQueueNames = [], awsProvider } = props;
    this.name = props.name ?? orchestrator.name;
    const queues = [
      ...orchestrator.deadLetterQueueNames,
      ...triggers.map(({ deadLetterQueueName }) => deadLetterQueueName),
      ...deadLetterQueueNames,
    ];
    this.node.defaultChild = new CloudwatchDashboard(this, 'dashboard', {
      dashboardName: this.name,
      dashboardBody: terraformTextJson({ widgets: dashboardWidgets(orchestrator, [...new Set(queues)]) }),
      provider: awsProvider,
    });
  }
}
