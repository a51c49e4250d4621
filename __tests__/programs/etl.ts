// A nightly ETL on an existing cluster, with alarms to an SNS topic of the same stack.
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { Defaults } from 'cdktf-multicloud/defaults';
import { GkeCluster, GkeKubernetesProvider } from 'cdktf-multicloud/gke';
import { AwsToGoogleFederation, WorkloadIdentityBinding } from 'cdktf-multicloud/identity';
import {
  GkeJobStep,
  GkeJobTarget,
  OrchestratorDashboard,
  ScheduleTrigger,
  StepFunctionsOrchestrator,
  SucceedStep,
} from 'cdktf-multicloud/orchestration';

const app = new App();
const stack = new TerraformStack(app, 'etl');
const project = { id: 'shop-prod', number: '123456789012' };
const account = { id: '210987654321', region: 'eu-west-1' };
new AwsProvider(stack, 'aws', { region: account.region });
new GoogleProvider(stack, 'google', { project: project.id, region: 'europe-west1' });
const topic = new SnsTopic(stack, 'alarms', { name: 'etl-alarms' });
Defaults.of(stack).set({ reason: 'loads the warehouse', owner: 'team-data', project, account });
Defaults.of(stack).set({ location: 'europe-west1', alarmActions: [topic.arn] });
const cluster = GkeCluster.fromAttributes(stack, 'cluster', { name: 'shop' });
new GkeKubernetesProvider(stack, 'gke', { cluster });
const federation = new AwsToGoogleFederation(stack, 'federation', { poolId: 'aws-etl' });
const pods = { cluster, namespace: 'etl', serviceAccountName: 'etl' };
const identity = new WorkloadIdentityBinding(stack, 'identity', pods);
const images = ['europe-docker.pkg.dev/shop-prod/etl/*'];
const target = new GkeJobTarget(stack, 'jobs', { cluster, federation, identity, images });
const image = `europe-docker.pkg.dev/shop-prod/etl/run@sha256:${'b'.repeat(64)}`;
const exitCodes = { 3: 'NoNewData' };
const extract = new GkeJobStep('Extract', { target, image, args: ['extract'], exitCodes });
const load = new GkeJobStep('Load', { target, image, args: ['load'] });
const definition = extract.catch('NoNewData', new SucceedStep('Nothing to do')).next(load);
const orchestrator = new StepFunctionsOrchestrator(stack, 'nightly', { definition });
const expression = 'cron(0 3 * * ? *)';
const trigger = new ScheduleTrigger(stack, 'at-night', { orchestrator, expression });
new OrchestratorDashboard(stack, 'dashboard', { orchestrator, triggers: [trigger] });
app.synth();
