import { refusal, resources, testStack } from '../synth';
import { existingTraining, reader, READER } from './fixtures';
import { access } from './access-fixtures';

describe('templates of pipelines', () => {
  const REPOSITORY_MEMBER = 'google_artifact_registry_repository_iam_member';
  const readers = (templateRepositories: unknown, props = {}) => {
    const stack = testStack();
    access(stack, props).pipelines(existingTraining(stack), { templateRepositories } as never);
    return resources(stack, REPOSITORY_MEMBER).map(({ member, role, project: owner, repository }) => [
      member,
      role,
      owner,
      repository,
    ]);
  };
  const own = { project: 'my-project', location: 'us-central1', repositoryId: 'pipelines' };
  const foreign = { ...own, project: 'shared-project' };

  test('are read by the submitter, and by the agents of the project on their own', () => {
    expect(readers([own])).toEqual([[READER, 'roles/artifactregistry.reader', 'my-project', 'pipelines']]);
  });

  test('of another project are read by the service agent too', () => {
    expect(readers([foreign])).toEqual([
      [READER, 'roles/artifactregistry.reader', 'shared-project', 'pipelines'],
      [
        'serviceAccount:service-123456789012@gcp-sa-aiplatform-cc.iam.gserviceaccount.com',
        'roles/artifactregistry.reader',
        'shared-project',
        'pipelines',
      ],
    ]);
  });

  test('of another project need the project number', () => {
    const stack = testStack();
    const given = access(stack, { project: { id: 'my-project' } });
    expect(
      refusal(() => given.pipelines(existingTraining(stack), { templateRepositories: [foreign] })).message,
    ).toBe(
      'prod/access: project.number is required for a repository of another project (shared-project), because the service agent of Vertex AI reads it. Set project to { id, number }.',
    );
  });

  test('are read once by each, whatever is submitted', () => {
    const stack = testStack();
    const training = existingTraining(stack);
    const options = { templateRepositories: [foreign] };
    access(stack).pipelines(training, options).schedules(training, options);
    access(stack, { identity: reader(stack, {}, 'other') }, 'other-access').pipelines(training, options);
    expect(resources(stack, REPOSITORY_MEMBER)).toHaveLength(3);
  });
});
