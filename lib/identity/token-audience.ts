import { knownAtSynth, matching, type Rule } from '../core/rules';

const https = (value: string) =>
  value.startsWith('http://') ? `Use "https://${value.slice(7)}".` : undefined;

/** Audience of a token: an https URL that belongs to the service. */
export const tokenAudience: Rule = knownAtSynth(
  matching(/^https:\/\/[^\s/]+(\/\S*)?$/, 'be an https URL, for example "https://books.example.com"', https),
);
