import type { Finding } from './finding';
import type { GuardrailReport } from './report';

/** Findings as plain text. */
export function consoleText({ findings }: Pick<GuardrailReport, 'findings'>): string {
  return [`${findings.length} findings`, ...findings.map(textOfFinding)].join('\n');
}

function textOfFinding({
  id,
  severity,
  title,
  stack,
  address,
  constructPath,
  message,
  why,
  fix,
}: Finding): string {
  return [
    `${severity} ${id} ${title}`,
    `  ${constructPath ?? `${stack}/${address}`} (${address})`,
    `  ${message} ${why}`,
    `  ${fix}`,
  ].join('\n');
}
