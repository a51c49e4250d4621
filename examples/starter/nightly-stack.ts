import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { TerraformStack } from 'cdktf';
import { Defaults } from 'cdktf-multicloud/defaults';
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

/** Runs one Job on an existing GKE cluster every night, from a state machine on AWS. */
export class NightlyStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, 'aws', { region: account.region, allowedAccountIds: [account.id] });
    new GoogleProvider(this, 'google', { project: project.id });
    Defaults.of(this).set({ project, account, location: 'us-central1', reason: 'loads the warehouse' });

    const cluster = GkeCluster.fromAttributes(this, 'cluster', { name: 'shared' });
    new GkeKubernetesProvider(this, 'kubernetes', { cluster });
    const pods = { cluster, namespace: 'etl', serviceAccountName: 'load' };
    const identity = new WorkloadIdentityBinding(this, 'identity', pods);

    const federation = new AwsToGoogleFederation(this, 'aws-roles', { poolId: 'aws-roles' });
    const target = new GkeJobTarget(this, 'etl', {
      name: 'etl',
      cluster,
      identity,
      federation,
      images: [`${images}/*`],
    });
    const definition = new GkeJobStep('Load', { target, image });
    const orchestrator = new StepFunctionsOrchestrator(this, 'nightly', { name: 'nightly', definition });
    new ScheduleTrigger(this, 'at-night', {
      name: 'at-night',
      orchestrator,
      expression: 'cron(0 3 * * ? *)',
    });
  }
}
