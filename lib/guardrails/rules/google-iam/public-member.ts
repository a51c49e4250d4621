import { rule } from '../../rule';
import { GRANTS, ofEachGrant } from './grants';

/** Grants to every client on the internet. */
export const publicMember = rule(GRANTS, {
  id: 'GCP007',
  title: 'Access for all users of the internet',
  severity: 'error',
  why: 'allUsers needs no account, and allAuthenticatedUsers is every Google account in the world.',
  fix: 'Name a service account, a group or a principal of a pool.',
  controls: ['CIS GCP 5.1', 'SOC 2 CC6.1', 'ISO 27001 A.5.15'],
  check: (resource) =>
    ofEachGrant(resource, ({ members }) =>
      members.map((member) => member.isNot('allUsers', 'allAuthenticatedUsers')),
    ),
  passes: [
    {
      resource: {
        google_storage_bucket_iam_member: {
          x: { bucket: 'b', role: 'roles/storage.objectViewer', member: 'group:team@example.com' },
        },
      },
    },
  ],
  fails: [
    {
      resource: {
        google_storage_bucket_iam_member: {
          x: { bucket: 'b', role: 'roles/storage.objectViewer', member: 'allUsers' },
        },
      },
    },
    {
      resource: {
        google_storage_bucket_iam_binding: {
          x: {
            bucket: 'b',
            role: 'roles/storage.objectViewer',
            members: ['group:team@example.com', 'allAuthenticatedUsers'],
          },
        },
      },
    },
  ],
  unknowns: [
    {
      resource: {
        google_storage_bucket_iam_member: {
          x: { bucket: 'b', role: 'roles/storage.objectViewer', member: '${var.member}' },
        },
      },
    },
  ],
});
