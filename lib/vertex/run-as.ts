import { all, rule, type Rule } from '../core/rules';
import type { ITrainingIdentity } from './vertex-training-identity';

const DEFAULT_ACCOUNT = /(-compute@developer|@appspot|@cloudservices)\.gserviceaccount\.com$/;
const GOOGLES_OWN = /@gcp-sa-[a-z0-9-]+\.iam\.gserviceaccount\.com$/;

const complete = (value: unknown): value is ITrainingIdentity => {
  const { account, bucket } = (value ?? {}) as Partial<ITrainingIdentity>;
  return typeof account?.email === 'string' && typeof bucket?.name === 'string';
};

/** Who a job runs as: a dedicated account and a bucket. */
export const runAs: Rule = all(
  rule(
    "a job runs as an account of its own, with a bucket; without one it runs as Google's agent, which can do nearly what an editor can",
    complete,
    () => 'Pass a VertexTrainingIdentity, or VertexTrainingIdentity.fromExisting(account, bucket).',
  ),
  rule(
    "a job runs as an account that is nobody else's, and that account is a default one or Google's own",
    (value) => {
      const { email } = (value as ITrainingIdentity).account;
      return !DEFAULT_ACCOUNT.test(email) && !GOOGLES_OWN.test(email);
    },
    () => 'Pass a VertexTrainingIdentity, which makes one.',
  ),
);
