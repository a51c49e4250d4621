import { all, constructLike, rule, type Rule } from '../core/rules';
import { serviceAccount } from '../identity/google/principal';
import type { ITrainingIdentity } from './vertex-training-identity';

const DEFAULT_ACCOUNT = /(-compute@developer|@appspot|@cloudservices|@cloudbuild)\.gserviceaccount\.com$/;
const GOOGLES_OWN = /@gcp-sa-[a-z0-9-]+\.iam\.gserviceaccount\.com$/;

/** Identity of a job: a dedicated account and a bucket. Without one, the job runs as the service agent of Google. */
export const runAs: Rule = all(
  constructLike('a VertexTrainingIdentity or VertexTrainingIdentity.fromAttributes(…)', {
    account: 'object',
    bucket: 'object',
    dependenciesIn: 'function',
  }),
  (value, property, report) =>
    serviceAccount((value as ITrainingIdentity).account, `${property}.account`, report),
  rule(
    'be a dedicated service account, not a default account or an account of Google',
    (value) => {
      const { email } = (value as ITrainingIdentity).account;
      return !DEFAULT_ACCOUNT.test(email) && !GOOGLES_OWN.test(email);
    },
    () => 'Pass a VertexTrainingIdentity, which creates one.',
  ),
);
