import { createHash } from 'node:crypto';
import type { Finding } from '../finding';
import type { GuardrailReport } from '../report';
import type { Severity } from '../rule';
import type { SourceLocation, SourceLocator } from './source-location';

/** Options of a SARIF file. */
export interface SarifOptions {
  /** Finds the place of a finding in the files of the user. */
  readonly locator: SourceLocator;
  /** File for findings whose place is not known: the entry file of the app, relative to the repository. */
  readonly entryFile: string;
  /** Version of this library. */
  readonly version: string;
  /**
   * Whether acknowledged findings are written, as suppressed results. GitHub ignores the suppression and shows them.
   * @default false
   */
  readonly withAcknowledged?: boolean;
}

/** GitHub ranks findings by this number: over 9 is critical, over 7 is high, over 4 is medium. */
const SECURITY: Readonly<Record<Severity, string>> = { error: '8.0', warning: '5.0', note: '2.0' };

/** A report as SARIF 2.1.0. https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning */
export function sarifReport(report: GuardrailReport, options: SarifOptions): object {
  const findings = report.findings.filter(
    ({ acknowledged, isInBaseline }) => options.withAcknowledged === true || (!acknowledged && !isInBaseline),
  );
  const ids = report.rules.map(({ id }) => id);
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'cdktf-multicloud',
            version: options.version,
            informationUri: 'https://www.npmjs.com/package/cdktf-multicloud',
            rules: report.rules.map(({ id, title, severity, why, fix, controls }) => ({
              id,
              name: id,
              shortDescription: { text: title },
              fullDescription: { text: why },
              help: { text: fix, markdown: fix },
              defaultConfiguration: { level: severity },
              properties: {
                'security-severity': SECURITY[severity],
                precision: 'high',
                tags: ['security', ...controls].slice(0, 10),
              },
            })),
          },
        },
        automationDetails: { id: 'cdktf-multicloud/guardrails/' },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => resultOf(finding, ids.indexOf(finding.rule), options)),
      },
    ],
  };
}

function resultOf(finding: Finding, ruleIndex: number, { locator, entryFile }: SarifOptions): object {
  const { rule, severity, address, stack, constructPath, message, fix, stackTrace, acknowledged } = finding;
  const place = locator.find(stackTrace) ?? { file: entryFile, line: 1, column: 1 };
  return {
    ruleId: rule,
    ruleIndex,
    // The levels of SARIF have the words of the severities.
    level: severity,
    message: { text: `${address}: ${message} ${fix}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(place.file), uriBaseId: '%SRCROOT%' },
          region: regionOf(place),
        },
        logicalLocations: [
          { fullyQualifiedName: constructPath ?? `${stack}/${address}`, name: address, kind: 'resource' },
        ],
      },
    ],
    partialFingerprints: { primaryLocationLineHash: `${fingerprintOf(finding)}:1` },
    ...(acknowledged && { suppressions: [{ kind: 'inSource', justification: acknowledged.reason }] }),
  };
}

function regionOf({ line, column }: SourceLocation): object {
  return { startLine: line, startColumn: column, endLine: line, endColumn: column + 1 };
}

/** The same finding has the same fingerprint after lines moved, so that GitHub keeps its state. */
function fingerprintOf({ id, stack, address, constructPath }: Finding): string {
  const parts = JSON.stringify([id, stack, constructPath ?? address]);
  return createHash('sha256').update(parts).digest('hex').slice(0, 16);
}
