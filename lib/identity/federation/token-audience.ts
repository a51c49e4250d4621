import { knownAtSynth, matching, type Rule } from '../../core/rules';

const https = (value: string) =>
  value.startsWith('http://') ? `Use "https://${value.slice(7)}".` : undefined;

/** Audience of a token: an https URL that belongs to the service. */
export const tokenAudience: Rule = knownAtSynth(
  matching(/^https:\/\/[^\s/]+(\/\S*)?$/, 'be an https URL, for example "https://books.example.com"', https),
);

/** Issuer of the tokens of an AWS account. */
export const tokenIssuer: Rule = knownAtSynth(
  matching(
    /^https:\/\/[a-z0-9-]+(\.[a-z0-9-]+)+$/,
    'be an https URL without a path, for example "https://ID.tokens.sts.global.api.aws"',
    (value) => (/^https:\/\/[^/]+\/+$/.test(value) ? `Use "${value.replace(/\/+$/, '')}".` : https(value)),
  ),
);
