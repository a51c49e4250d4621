import type { TerraformStack } from 'cdktf';
import { GoogleGrants } from '../../../lib/identity/google/grants';
import type { WorkloadIdentityBinding } from '../../../lib/identity/google/workload-identity-binding';
import { VertexAccess } from '../../../lib/vertex/vertex-access';
import { identityIn, workload } from '../../gke/workload-fixtures';
import { resource, sibling, testStack } from '../../synth';
import { beta, existingEndpoint, project } from '../../vertex/fixtures';

describe('pods wait for grants of other constructs', () => {
  const awaited = (stack: TerraformStack) =>
    ((resource(stack, 'kubernetes_deployment_v1').depends_on ?? []) as unknown as string[]).map(
      (address) => address.split('.')[0],
    );
  const GRANTS: readonly (readonly [
    string,
    string,
    (stack: TerraformStack, identity: WorkloadIdentityBinding) => void,
  ])[] = [
    [
      'VertexAccess',
      'google_project_iam_member',
      (stack, identity) =>
        void new VertexAccess(stack, 'vertex', {
          identity,
          project,
          location: 'us-central1',
          reason: 'asks Gemini',
        }).generate(),
    ],
    [
      'VertexAccess on an endpoint',
      'google_vertex_ai_endpoint_iam_member',
      (stack, identity) =>
        void new VertexAccess(stack, 'vertex', {
          identity,
          project,
          location: 'us-central1',
          googleBetaProvider: beta(stack),
          reason: 'ranks',
        }).predict(existingEndpoint(stack)),
    ],
    [
      'GoogleGrants',
      'google_storage_bucket_iam_member',
      (stack, identity) =>
        void new GoogleGrants(stack, identity, { reason: 'reads' }).bucketReader({ name: 'covers' }),
    ],
  ];

  test.each(
    GRANTS.flatMap(([name, type, grant]) =>
      [true, false].map((first) => [name, first ? 'before' : 'after', type, grant, first] as const),
    ),
  )('%s %s the workload', (_, __, type, grant, first) => {
    const stack = testStack();
    const identity = identityIn(stack, { kubernetesServiceAccount: 'create' });
    if (first) grant(stack, identity);
    workload({}, stack, identity);
    if (!first) grant(stack, identity);
    expect(awaited(stack)).toEqual(['kubernetes_service_account_v1', type]);
  });

  test('in another stack, which is applied first', () => {
    const stack = testStack();
    const identity = identityIn(stack, {});
    workload({}, stack, identity);
    const other = sibling(stack, 'data');
    new GoogleGrants(other, identity, { reason: 'reads' }).bucketReader({ name: 'covers' });
    expect(stack.dependencies).toEqual([other]);
  });

  test('in another stack that waits for this stack without a circle', () => {
    const stack = testStack();
    const identity = identityIn(stack, {});
    workload({}, stack, identity);
    const later = sibling(stack, 'later');
    later.addDependency(stack);
    new GoogleGrants(later, identity, { reason: 'reads' }).bucketReader({ name: 'covers' });
    expect(stack.dependencies).toEqual([]);
  });
});
