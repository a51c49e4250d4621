import { rule } from '../../rule';
import { all } from '../../verdict';
import { ACCESS_CONTROLS, entitiesOf } from './access-controls';
import { GRANTS, ofEachGrant } from './grants';

/** All users by name, after a role in a list, or by a predefined list. */
const PUBLIC =
  /^([A-Z]+:)?(allUsers|allAuthenticatedUsers)$|^(publicRead|publicReadWrite|authenticatedRead)$/;

/** Grants to every client on the internet. */
export const publicMember = rule([...GRANTS, ...ACCESS_CONTROLS], {
  id: 'GCP007',
  title: 'Access for all users of the internet',
  severity: 'error',
  why: 'allUsers needs no account, and allAuthenticatedUsers is every Google account in the world.',
  fix: 'Name a service account, a group or a principal of a pool.',
  controls: ['CIS GCP 5.1', 'SOC 2 CC6.1', 'ISO 27001 A.5.15'],
  check: (resource) =>
    ACCESS_CONTROLS.includes(resource.type)
      ? all(
          ...entitiesOf(resource).map((entity) =>
            entity.satisfies('not be public', (text) => !PUBLIC.test(String(text))),
          ),
        )
      : ofEachGrant(resource, ({ members }) =>
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
    {
      resource: {
        google_storage_bucket_acl: { x: { bucket: 'b', role_entity: ['READER:project-viewers-1'] } },
      },
    },
    {
      resource: {
        google_bigquery_dataset: {
          x: { dataset_id: 'd', access: [{ role: 'OWNER', special_group: 'projectOwners' }] },
        },
      },
    },
  ],
  fails: [
    {
      resource: {
        google_storage_bucket_access_control: { x: { bucket: 'b', role: 'READER', entity: 'allUsers' } },
      },
    },
    {
      resource: {
        google_storage_bucket_acl: {
          x: { bucket: 'b', role_entity: ['OWNER:user-a@example.com', 'READER:allUsers'] },
        },
      },
    },
    {
      resource: {
        google_storage_object_acl: { x: { bucket: 'b', object: 'o', predefined_acl: 'publicRead' } },
      },
    },
    {
      resource: {
        google_bigquery_dataset: {
          x: { dataset_id: 'd', access: [{ role: 'READER', special_group: 'allAuthenticatedUsers' }] },
        },
      },
    },
    {
      resource: {
        google_bigquery_dataset_access: { x: { dataset_id: 'd', role: 'READER', iam_member: 'allUsers' } },
      },
    },
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
