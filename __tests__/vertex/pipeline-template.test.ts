import { repositoryOf } from '../../lib/vertex/pipeline-template';

test.each([
  [
    'https://us-central1-kfp.pkg.dev/my-project/pipelines/rank/v1',
    { location: 'us-central1', project: 'my-project', repositoryId: 'pipelines' },
  ],
  [
    `https://us-kfp.pkg.dev/my-project/pipelines/rank/sha256:${'0'.repeat(64)}`,
    { location: 'us', project: 'my-project', repositoryId: 'pipelines' },
  ],
  [
    'https://us-kfp.pkg.dev/example.com/my-project/pipelines/rank/v1',
    { location: 'us', project: 'example.com:my-project', repositoryId: 'pipelines' },
  ],
])('the repository of %s is part of the address', (templateUri, repository) => {
  expect(repositoryOf(templateUri)).toEqual(repository);
});

test.each([
  'gs://templates/rank.json',
  'https://us-docker.pkg.dev/my-project/pipelines/rank/v1',
  '${TfToken[TOKEN.0]}',
])('%s names no repository', (templateUri) => {
  expect(repositoryOf(templateUri)).toBeUndefined();
});
