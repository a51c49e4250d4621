import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { TerraformStack } from 'cdktf';
import { GkeCluster, GkeKubernetesProvider } from 'cdktf-multicloud/gke';
import { AwsToGoogleFederation, WorkloadIdentityBinding } from 'cdktf-multicloud/identity';
import {
  GkeJobStep,
  GkeJobTarget,
  ScheduleTrigger,
  StepFunctionsOrchestrator,
} from 'cdktf-multicloud/orchestration';
import type { Construct } from 'constructs';

const project = { id: 'my-project', number: '123456789012' };
const account = { id: '210987654321', region: 'us-east-1' };
const images = 'us-docker.pkg.dev/my-project/etl';
const image = `${images}/load@sha256:${'0'.repeat(64)}`;
const reason = 'loads the warehouse';

/** Runs one Job on an existing GKE cluster every night, from a state machine on AWS. */
export class NightlyStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, 'aws', { region: account.region, allowedAccountIds: [account.id] });
    new GoogleProvider(this, 'google', { project: project.id });

    const location = 'us-central1';
    const cluster = GkeCluster.fromAttributes(this, 'cluster', { project, name: 'shared', location });
    new GkeKubernetesProvider(this, 'kubernetes', { cluster });
    const { namespace, serviceAccountName } = new WorkloadIdentityBinding(this, 'identity', {
      cluster,
      namespace: 'etl',
      serviceAccountName: 'load',
      reason,
    });

    const federation = new AwsToGoogleFederation(this, 'aws-roles', {
      project,
      account,
      poolId: 'aws-roles',
      reason,
    });
    const target = new GkeJobTarget(this, 'etl', {
      name: 'etl',
      cluster,
      namespace,
      serviceAccountName,
      images: [`${images}/*`],
      account,
      federation,
      reason,
    });
    const definition = new GkeJobStep('Load', { target, image });
    const orchestrator = new StepFunctionsOrchestrator(this, 'nightly', {
      name: 'nightly',
      account,
      definition,
      reason,
    });
    new ScheduleTrigger(this, 'at-night', {
      name: 'at-night',
      orchestrator,
      expression: 'cron(0 3 * * ? *)',
      reason,
    });
  }
}
