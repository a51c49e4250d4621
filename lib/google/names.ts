import { matching, type Rule } from '../core/rules';
import { slug } from '../core/names';

const useSlug = (max: number) => (value: string) => `Use "${slug(value, max)}".`;

/** https://cloud.google.com/iam/docs/service-accounts-create */
export const accountId: Rule = matching(
  /^[a-z][-a-z0-9]{4,28}[a-z0-9]$/,
  'have 6 to 30 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen',
  (value) => (value.length < 6 ? undefined : useSlug(30)(value)),
);

/** E-mail of a Google service account: one of a project, or an account that Google made. */
export const serviceAccountEmail: Rule = matching(
  /^[a-z0-9][-a-z0-9.]{0,62}@([a-z0-9-]+\.)*(iam\.gserviceaccount|developer\.gserviceaccount|appspot\.gserviceaccount|gserviceaccount)\.com$/,
  'be the e-mail of a Google service account, NAME@PROJECT.iam.gserviceaccount.com',
);

/** A predefined role or a custom role of a project or organization. */
export const role: Rule = matching(
  /^(roles\/[A-Za-z0-9_.]+|(projects|organizations)\/[a-z0-9.:-]+\/roles\/[A-Za-z0-9_.]{3,64})$/,
  'be a role of the form "roles/NAME", or "projects/PROJECT/roles/NAME" for a custom role',
  (value) => (/^[a-zA-Z]+\.[A-Za-z.]+$/.test(value) ? `Use "roles/${value}".` : undefined),
);

/** A key of Cloud KMS. https://cloud.google.com/kms/docs/getting-resource-ids */
export const kmsKeyName: Rule = matching(
  /^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/,
  'be a key of the form projects/PROJECT/locations/LOCATION/keyRings/RING/cryptoKeys/KEY',
);
