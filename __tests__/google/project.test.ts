import { project, projectDomain, projectOfDomain } from '../../lib/google/project';
import { problemsOf } from '../../lib/core/validation';

test.each(['my-project', 'example.com:my-project', 'example.co.uk:my-project'])(
  '%s is a project id',
  (id) => {
    expect(problemsOf(project, { id }, 'project')).toEqual([]);
  },
);

test.each(['My-project', 'short', 'example.com:', ':my-project', 'example:my-project', 'my-project-'])(
  '%j is no project id',
  (id) => {
    expect(problemsOf(project, { id }, 'project')).toMatchObject([{ property: 'project.id', value: id }]);
  },
);

test.each([
  ['my-project', 'my-project'],
  ['example.com:my-project', 'my-project.example.com'],
])('the project %s is %s in DNS names, and back', (id, domain) => {
  expect(projectDomain(id)).toBe(domain);
  expect(projectOfDomain(domain)).toBe(id);
});
