import { VertexEndpoint } from '../../lib/vertex/vertex-endpoint';
import { refusal, resource, resources, sibling, synthesized, testStack } from '../synth';
import { beta, existingEndpoint, location, project, READER } from './fixtures';
import { MEMBER, ON_ENDPOINT, ROLE, access, acknowledge, made } from './access-fixtures';

describe('access to one endpoint', () => {
  test.each<['predict' | 'explain' | 'deploy']>([['predict'], ['explain'], ['deploy']])(
    '%s counts there alone, with a beta provider, which stands on the resource',
    (capability) => {
      const stack = testStack();
      access(stack, { googleBetaProvider: beta(stack) })[capability](existingEndpoint(stack));
      expect(resource(stack, ON_ENDPOINT)).toEqual({
        '//': { reason: 'ranks the shelf' },
        depends_on: expect.any(Array) as unknown,
        endpoint: '4242',
        location: 'us-central1',
        lifecycle: { create_before_destroy: true },
        member: READER,
        project: 'my-project',
        provider: 'google-beta',
        role: `projects/my-project/roles/${String(resource(stack, ROLE).role_id)}`,
      });
      expect(resources(stack, MEMBER)).toEqual([]);
    },
  );

  test.each<['predict' | 'explain' | 'deploy']>([['predict'], ['explain'], ['deploy']])(
    '%s without a beta provider is refused, since it would reach all',
    (capability) => {
      const stack = testStack();
      expect(refusal(() => access(stack)[capability](existingEndpoint(stack))).message).toBe(
        `prod/access: googleBetaProvider is required because only the beta provider limits ${capability} to one endpoint. Pass a provider of @cdktf/provider-google-beta; to allow calls to every endpoint of the project, set acknowledge.projectWide to the reason.`,
      );
      expect(made(stack)).toEqual({});
    },
  );

  test('reaches all where that is acknowledged, and the reason stands beside the member', () => {
    const stack = testStack();
    access(stack, { owner: 'team-books' }).predict(existingEndpoint(stack), { acknowledge });
    expect(resource(stack, MEMBER)['//']).toEqual({
      reason: 'ranks the shelf',
      owner: 'team-books',
      acknowledged: { projectWide: 'one endpoint is all there is' },
      endpoint: 'projects/my-project/locations/us-central1/endpoints/4242',
    });
  });

  test('waits for an endpoint that the stack makes', () => {
    const stack = testStack();
    const endpoint = new VertexEndpoint(stack, 'endpoint', {
      project,
      location,
      displayName: 'ranking',
      reason: 'serves',
    });
    access(stack, { googleBetaProvider: beta(stack) }).predict(endpoint);
    expect(resource(stack, ON_ENDPOINT).depends_on).toContain('google_vertex_ai_endpoint.endpoint_F9556B44');
  });

  test('orders the stacks where another makes the endpoint', () => {
    const stack = testStack();
    const models = sibling(stack, 'models');
    const endpoint = new VertexEndpoint(models, 'endpoint', {
      project,
      location,
      displayName: 'ranking',
      reason: 'serves',
    });
    access(stack, { googleBetaProvider: beta(stack) }).predict(endpoint);
    expect(stack.dependencies).toEqual([models]);
    expect(JSON.stringify(synthesized(stack))).not.toContain('terraform_remote_state');
  });

  test('ends when its condition says so', () => {
    const stack = testStack();
    const condition = { title: 'until 2027', expression: 'request.time < timestamp("2027-01-01T00:00:00Z")' };
    access(stack, { googleBetaProvider: beta(stack) }).predict(existingEndpoint(stack), { condition });
    expect(resource(stack, ON_ENDPOINT).condition).toEqual(condition);
  });

  test('two of them, acknowledged as project-wide, are one member: the end of one is not the end of both', () => {
    const stack = testStack();
    access(stack)
      .predict(existingEndpoint(stack, '1'), { acknowledge })
      .predict(existingEndpoint(stack, '2'), { acknowledge });
    const members = resources(stack, MEMBER).map(({ member, role }) => `${String(member)} ${String(role)}`);
    expect(new Set(members).size).toBe(members.length);
  });
});
