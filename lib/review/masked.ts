import { visible } from '../core/text/visible-text';

/** Texts that are secrets by their form. */
const SECRETS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*(PRIVATE KEY|CERTIFICATE)[A-Z ]*-----[\s\S]*?(-----END [A-Z ]*-----|$)/g,
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\bya29\.[\w-]+/g,
  /\bAIza[\w-]{30,}/g,
  /\bgh[pousr]_\w{20,}/g,
  /\bgithub_pat_\w+/g,
  /\bglpat-[\w-]+/g,
  /\bxox[abposr]-[\w-]+/g,
  /\bsk_(live|test)_\w+/g,
  /\beyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g,
  /\bnpm_\w{30,}/g,
  /([a-z][a-z0-9+.-]*:\/\/)[^\s/:@]+:[^\s/@]+@/gi,
  /\b(password|passwd|secret|token|api[_-]?key|authorization)\b\s*[=:]\s*\S+/gi,
];

/** Longest text of a value that is shown. */
const LONGEST = 120;

const MASK = '(sensitive value)';

/** A text for a reader: without parts that look like secrets, on one line. */
export function masked(text: string, longest = LONGEST): string {
  const safe = SECRETS.reduce((each, pattern) => each.replace(pattern, MASK), text);
  const shown = visible(safe);
  return shown.length > longest ? `${shown.slice(0, longest)}…` : shown;
}
