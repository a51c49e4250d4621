import { knownAtSynth, matching, type Rule } from '../core/rules';

const https = (value: string) =>
  value.startsWith('http://') ? `Use "https://${value.slice(7)}".` : undefined;

/** Whom a token is meant for: what nobody else claims to be. */
export const tokenAudience: Rule = knownAtSynth(
  matching(/^https:\/\/[^\s/]+(\/\S*)?$/, 'be an https URL, for example "https://books.example.com"', https),
);
