import type { GuardrailReport } from '../report';

/** One sentence for each finding, with its acknowledgement. */
export function findingLines({ findings }: Pick<GuardrailReport, 'findings'>): readonly string[] {
  return findings.map(({ id, severity, stack, address, message, acknowledged }) => {
    const answer =
      acknowledged === undefined
        ? ''
        : ` Acknowledged${acknowledged.owner === undefined ? '' : ` by ${acknowledged.owner}`}: ${acknowledged.reason}`;
    return `${severity} ${id}: ${stack}: ${address}: ${message}${answer}`;
  });
}
