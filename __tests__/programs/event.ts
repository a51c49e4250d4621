// A file arrives in S3, a Job scores it, a person approves, and a Lambda function books. A role can start it too.
import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { LambdaAlias } from '@cdktf/provider-aws/lib/lambda-alias';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { Defaults } from 'cdktf-multicloud/defaults';
import { GkeCluster, GkeKubernetesProvider } from 'cdktf-multicloud/gke';
import { AwsToGoogleFederation } from 'cdktf-multicloud/identity';
import {
  ApprovalStep,
  GkeJobStep,
  GkeJobTarget,
  LambdaStep,
  S3ObjectTrigger,
  StepFunctionsOrchestrator,
} from 'cdktf-multicloud/orchestration';

const app = new App();
const stack = new TerraformStack(app, 'scoring');
const project = { id: 'shop-prod', number: '123456789012' };
const account = { id: '210987654321', region: 'eu-west-1' };
new AwsProvider(stack, 'aws', { region: account.region });
new GoogleProvider(stack, 'google', { project: project.id, region: 'europe-west1' });
Defaults.of(stack).set({ reason: 'scores orders', owner: 'team-risk', project, account });
const cluster = GkeCluster.fromAttributes(stack, 'cluster', { name: 'shop', location: 'europe-west1' });
new GkeKubernetesProvider(stack, 'gke', { cluster });
const bucket = new S3Bucket(stack, 'in', { bucket: 'shop-incoming' });
const owners = new SnsTopic(stack, 'owners', { name: 'owners' });
const role = new IamRole(stack, 'book-role', { name: 'book', assumeRolePolicy: '{}' });
const functionName = 'book';
const { version } = new LambdaFunction(stack, 'book', { functionName, role: role.arn, publish: true });
const alias = new LambdaAlias(stack, 'live', { name: 'live', functionName, functionVersion: version });
const federation = new AwsToGoogleFederation(stack, 'federation', { poolId: 'aws-score' });
const images = ['europe-docker.pkg.dev/shop-prod/score/*'];
const pods = { cluster, namespace: 'score', serviceAccountName: 'score' };
const target = new GkeJobTarget(stack, 'jobs', { ...pods, images, federation });
const image = `europe-docker.pkg.dev/shop-prod/score/run@sha256:${'c'.repeat(64)}`;
const question = { topicArn: owners.arn, question: 'Book it?', timeoutSeconds: 3_600 };
const definition = new GkeJobStep('Score', { target, image })
  .next(new ApprovalStep('Approve', question))
  .next(new LambdaStep('Book', { functionArn: alias.arn }));
const orchestrator = new StepFunctionsOrchestrator(stack, 'scoring', { definition });
new S3ObjectTrigger(stack, 'on-file', { orchestrator, bucket, ownsBucketNotification: true });
orchestrator.grants.startExecution(role);
new CloudwatchMetricAlarm(stack, 'slow', {
  ...orchestrator.metric('ExecutionTime'),
  alarmName: 'scoring-slow',
  evaluationPeriods: 1,
  threshold: 600_000,
  comparisonOperator: 'GreaterThanThreshold',
});
app.synth();
