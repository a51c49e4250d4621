import { type TerraformStack } from 'cdktf';
import { GkeCluster } from '../../../lib/gke/gke-cluster';
import { Workload } from '../../../lib/gke/workload';
import { type GkeToAwsRole } from '../../../lib/identity/federation/gke-to-aws-role';
import { problems, resource, type Json } from '../../synth';
import { awsStack, bind, read } from '../aws-role-fixtures';

describe('a workload with an AWS role', () => {
  const image = `us-docker.pkg.dev/p/r/i@sha256:${'a'.repeat(64)}`;
  function work(stack: TerraformStack, role: GkeToAwsRole, environment?: Record<string, string>) {
    const identity = GkeCluster.fromAttributes(stack, 'main', {
      project: { id: 'my-project', number: '123456789012' },
      name: 'main',
      location: 'us-central1',
    }).addWorkloadIdentity('reader', {
      namespace: 'books',
      serviceAccountName: 'reader',
      reason: 'reads',
    });
    return new Workload(stack, 'books', {
      name: 'books',
      identity,
      awsRole: role,
      image,
      port: 8000,
      environment,
    });
  }

  test('has the variables and the token, and waits for the role and its permissions', () => {
    const stack = awsStack();
    work(stack, bind(stack, { statements: [read] }), { LOG: 'info' });
    const deployment = resource(stack, 'kubernetes_deployment_v1');
    const pod = (deployment.spec!.template as Json).spec as unknown as {
      volume: unknown;
      container: { env: unknown; volume_mount: unknown }[];
    };
    expect(pod.volume).toEqual([
      { name: 'tmp', empty_dir: {} },
      {
        name: 'aws-token',
        projected: [
          {
            sources: [
              {
                service_account_token: {
                  audience: 'sts.amazonaws.com',
                  expiration_seconds: 3600,
                  path: 'token',
                },
              },
            ],
          },
        ],
      },
    ]);
    expect(pod.container[0]!.volume_mount).toEqual([
      { name: 'tmp', mount_path: '/tmp' },
      { name: 'aws-token', mount_path: '/var/run/secrets/tokens/aws', read_only: true },
    ]);
    expect(pod.container[0]!.env).toEqual([
      { name: 'LOG', value: 'info' },
      { name: 'AWS_ROLE_ARN', value: 'arn:aws:iam::210987654321:role/books-reader' },
      { name: 'AWS_WEB_IDENTITY_TOKEN_FILE', value: '/var/run/secrets/tokens/aws/token' },
      { name: 'AWS_REGION', value: 'eu-west-1' },
      { name: 'AWS_STS_REGIONAL_ENDPOINTS', value: 'regional' },
    ]);
    expect(deployment.depends_on).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^aws_iam_role\./),
        expect.stringMatching(/^aws_iam_role_policy\./),
      ]),
    );
  });

  test('has its permissions before the pods start, also those of later calls', () => {
    const stack = awsStack();
    const role = bind(stack, { statements: undefined });
    work(stack, role);
    role.addStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::covers/*'] });
    expect(resource(stack, 'kubernetes_deployment_v1').depends_on).toContainEqual(
      expect.stringMatching(/^aws_iam_role_policy\./),
    );
  });

  test('of another service account is refused, and so is a variable that the role sets', () => {
    const stack = awsStack();
    const role = bind(stack, { serviceAccountName: 'writer' });
    const found = problems(() => work(stack, role, { AWS_REGION: 'us-east-1' }));
    expect(found.awsRole).toMatchObject({
      value: 'books/writer',
      rule: 'trust the service account of the pods, books/reader',
    });
    expect(found['environment["AWS_REGION"]']).toMatchObject({
      rule: 'be omitted when awsRole is set, which sets it',
    });
  });
});
