import { rule } from '../../rule';
import { fail, pass } from '../../verdict';
import { GRANTS } from '../google-iam/grants';

const member = (comment?: object) => ({
  resource: {
    google_project_iam_member: {
      x: {
        project: 'p',
        role: 'roles/logging.logWriter',
        member: 'group:team@example.com',
        ...(comment && { '//': comment }),
      },
    },
  },
});

/** Access without a recorded reason. */
export const reason = rule([...GRANTS, 'aws_iam_role'], {
  id: 'ACC001',
  title: 'Access without a reason',
  severity: 'note',
  why: 'A reviewer cannot tell whether the access is still needed.',
  fix: 'Use a construct of this library, or write reason and owner into the "//" comment of the resource.',
  controls: ['SOC 2 CC6.2', 'ISO 27001 A.5.18'],
  check: ({ resource }) =>
    resource.facts.reason === undefined ? fail('No reason is recorded.', { property: '//' }) : pass,
  passes: [member({ reason: 'writes its log' })],
  fails: [member(), member({ owner: 'team-books' })],
});
