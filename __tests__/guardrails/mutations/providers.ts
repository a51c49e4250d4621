import { set, type Mutation } from './mutation';

/** Changes of provider configurations. */
export const providerMutations: readonly Mutation[] = (
  [
    ['kubernetes', 'insecure', true, 'TFM006'],
    ['kubernetes', 'token', 'a literal', 'TFM005'],
    ['kubernetes', 'cluster_ca_certificate', '${base64decode("x")}', 'TFM003'],
    ['google', 'credentials', '{}', 'TFM005'],
    ['aws', 'access_key', 'AKIAEXAMPLE', 'TFM005'],
  ] as const
).map(([type, argument, value, rule]) => ({
  title: `the provider ${type} with ${argument}`,
  section: 'provider',
  type,
  change: set(argument, value),
  rule,
}));
