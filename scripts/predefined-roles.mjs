import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * Writes the table of predefined roles of Google Cloud:
 *
 *   node scripts/predefined-roles.mjs FOLDER DATE
 *
 * FOLDER has one file for each role, as `gcloud iam roles describe ROLE --format=json` prints it. DATE is the day on
 * which they were printed. A role is the numbers of its permissions in base 36, and `n-m` for n and the m next ones.
 */

const [folder, date] = process.argv.slice(2);
if (folder === undefined || !/^\d{4}-\d\d-\d\d$/.test(date ?? '')) {
  throw new Error('Usage: node scripts/predefined-roles.mjs FOLDER DATE (such as 2026-08-22).');
}

/** Services whose roles are in the table: those that workloads of GKE and Vertex AI use, and those around them. */
const SERVICES = new Set(
  [
    'accesscontextmanager aiplatform artifactregistry bigquery billing binaryauthorization certificatemanager cloudasset',
    'cloudbuild cloudfunctions cloudkms cloudscheduler cloudsql cloudtasks cloudtrace compute container',
    'containeranalysis dataflow dataproc datastore dns errorreporting eventarc file firestore gkehub iam iap logging',
    'monitoring networkconnectivity networkmanagement notebooks opsconfigmonitoring orgpolicy privateca pubsub redis',
    'resourcemanager run secretmanager servicenetworking serviceusage spanner stackdriver storage storagetransfer',
    'vpcaccess workflows',
  ]
    .join(' ')
    .split(' '),
);
const BASIC = new Set(['owner', 'editor', 'viewer', 'browser']);
/** Roles of organizations with thousands of permissions, which would double the table. */
const LARGE = /^iam\.(supportUser|security\w+|infrastructureAdmin)$/;

const roles = new Map(
  readdirSync(folder)
    .map((file) => file.replace(/\.json$/, ''))
    .filter((name) => BASIC.has(name) || (SERVICES.has(name.split('.')[0]) && name.includes('.')))
    .filter((name) => !LARGE.test(name))
    .sort()
    .map((name) => {
      const { includedPermissions = [] } = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
      return [name, includedPermissions];
    }),
);

const permissions = [...new Set([...roles.values()].flat())].sort();

/** Verbs by resource. */
const resources = {};
for (const permission of permissions) {
  const end = permission.lastIndexOf('.');
  (resources[permission.slice(0, end)] ??= []).push(permission.slice(end + 1));
}
/** Number of each permission. The numbers count the permissions resource by resource. */
const numbers = new Map(
  Object.entries(resources)
    .flatMap(([resource, verbs]) => verbs.map((verb) => `${resource}.${verb}`))
    .map((permission, number) => [permission, number]),
);

function encoded(list) {
  const sorted = list.map((permission) => numbers.get(permission)).sort((a, b) => a - b);
  const parts = [];
  for (const number of sorted) {
    const last = parts.at(-1);
    if (last && number === last.first + last.more + 1) last.more += 1;
    else parts.push({ first: number, more: 0 });
  }
  return parts
    .map(({ first, more }) => first.toString(36) + (more === 0 ? '' : `-${more.toString(36)}`))
    .join(' ');
}

const table = {
  date,
  permissions: Object.fromEntries(
    Object.entries(resources).map(([resource, verbs]) => [resource, verbs.join(' ')]),
  ),
  roles: Object.fromEntries([...roles].map(([name, list]) => [name, encoded(list)])),
};
writeFileSync('lib/access/permissions/predefined-roles.json', `${JSON.stringify(table, undefined, 2)}\n`);
process.stdout.write(`${roles.size} roles, ${permissions.length} permissions\n`);
