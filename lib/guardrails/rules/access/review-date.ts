import { rule } from '../../rule';
import { fail, pass, unknown } from '../../verdict';

const member = (comment: object) => ({
  resource: {
    google_project_iam_member: {
      x: { project: 'p', role: 'roles/logging.logWriter', member: 'group:team@example.com', '//': comment },
    },
  },
});

/** Access whose review is due. */
export const reviewDate = rule('*', {
  id: 'ACC002',
  title: 'Access past its review date',
  severity: 'error',
  why: 'The team that granted the access asked for a review before this day.',
  fix: 'Review the access, then remove it or set a later reviewBy.',
  controls: ['SOC 2 CC6.2', 'ISO 27001 A.5.18'],
  check: ({ resource, index }) => {
    const { reviewBy } = resource.facts;
    if (reviewBy === undefined) return pass;
    if (!/^\d{4}-\d{2}-\d{2}$/.test(reviewBy))
      return unknown(`reviewBy must be a day as YYYY-MM-DD (got "${reviewBy}").`, '//.reviewBy');
    return reviewBy < index.today
      ? fail(`The review was due on ${reviewBy}.`, { property: '//.reviewBy' })
      : pass;
  },
  passes: [member({ reason: 'writes its log', reviewBy: '9999-12-31' })],
  fails: [member({ reason: 'writes its log', reviewBy: '2020-01-31' })],
});
