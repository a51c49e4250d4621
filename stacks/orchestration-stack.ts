import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { TerraformStack } from 'cdktf';
import { AwsAuditTrail } from 'cdktf-multicloud/audit';
import { Defaults } from 'cdktf-multicloud/defaults';
import { GkeKubernetesProvider, IsolatedNamespace, type IGkeCluster } from 'cdktf-multicloud/gke';
import { AwsToGoogleFederation, WorkloadIdentityBinding } from 'cdktf-multicloud/identity';
import {
  StepCondition,
  ChoiceStep,
  GkeJobStep,
  GkeJobTarget,
  OrchestratorDashboard,
  ScheduleTrigger,
  StepFunctionsOrchestrator,
  SucceedStep,
} from 'cdktf-multicloud/orchestration';
import type { Construct } from 'constructs';
import type { Environment } from './environments';
import { addBackend } from './state-backend';

/** Sales of the night, loaded by AWS Step Functions with Jobs on GKE. */
export class OrchestrationStack extends TerraformStack {
  constructor(scope: Construct, environment: Environment, cluster: IGkeCluster) {
    super(scope, `${environment.name}-orchestration`);
    const { project, region, aws: account, jobImage: image } = environment;
    const owner = 'team-books';
    addBackend(this, environment.backend);
    new AwsProvider(this, 'aws', {
      region: account.region,
      allowedAccountIds: [account.id],
      defaultTags: [{ tags: { environment: environment.name, owner } }],
    });
    new GoogleProvider(this, 'google', { project: project.id, region });
    Defaults.of(this).set({
      project,
      account,
      owner,
      reason: 'loads the sales of the night',
      kmsKeyArn: environment.keys?.aws,
    });
    new GkeKubernetesProvider(this, 'gke', { cluster });

    const federation = new AwsToGoogleFederation(this, 'federation', {
      poolId: 'aws-step-functions',
      reason: 'lets functions of Step Functions start Jobs on GKE',
    });
    const namespace = new IsolatedNamespace(this, 'namespace', { name: 'sales' });
    const identity = new WorkloadIdentityBinding(this, 'identity', {
      cluster,
      namespace: namespace.name,
      serviceAccountName: 'sales-job',
    });
    const sales = new GkeJobTarget(this, 'sales', {
      name: 'sales',
      cluster,
      identity,
      images: [`${image.split('@')[0]}@*`],
      federation,
      reservedConcurrency: environment.jobStartConcurrency,
    });
    const load = new GkeJobStep('Load', {
      target: sales,
      image,
      args: ['load'],
      retry: { 'GKE.OOMKilled': { memory: ['2Gi', '4Gi', '8Gi'] } },
    });
    const nightly = new StepFunctionsOrchestrator(this, 'nightly', {
      name: 'nightly-sales',
      definition: new GkeJobStep('Extract', {
        target: sales,
        image,
        args: ['extract'],
        resultSelector: { 'rows.$': '$.output.rows' },
      }).next(
        new ChoiceStep('Anything sold?')
          .when(StepCondition.greaterThan('$.rows', 0), load)
          .otherwise(new SucceedStep('Nothing sold')),
      ),
    });
    const atNight = new ScheduleTrigger(this, 'at-night', {
      name: 'nightly-sales-at-night',
      orchestrator: nightly,
      expression: 'cron(0 3 * * ? *)',
      timeZone: 'America/Chicago',
      flexibleWindowMinutes: 15,
      reason: 'the shop closes at two',
    });
    new OrchestratorDashboard(this, 'dashboard', {
      orchestrator: nightly,
      triggers: [atNight],
    });
    new AwsAuditTrail(this, 'audit', {
      deletionProtection: environment.deletionProtection,
      name: 'books-audit',
      functionArns: [sales.functionArn, sales.cleanupFunctionArn],
      stateMachineArns: [nightly.stateMachineArn],
      starterRoleArns: [atNight.starterRoleArn],
      roleArns: [sales.roleArn],
    });
  }
}
