import type { Severity } from '../rule';
import { openFindings, type GuardrailReport } from '../report';
import { visible } from '../../core/text/visible-text';
import type { SourceLocator } from './source-location';

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'notice' };

/** Open findings as annotations of GitHub Actions, one line for each. */
export function githubReport(report: GuardrailReport, locator: SourceLocator): string {
  return openFindings(report)
    .map(({ id, severity, title, address, message, fix, stackTrace }) => {
      const place = locator.find(stackTrace);
      const properties = [
        ...(place ? [`file=${property(place.file)}`, `line=${place.line}`, `col=${place.column}`] : []),
        `title=${property(`${id} ${title}`)}`,
      ];
      return `::${COMMANDS[severity]} ${properties.join(',')}::${data(`${address}: ${message} ${fix}`)}`;
    })
    .join('\n');
}

/** https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
function data(text: string): string {
  return visible(text).replace(/%/g, '%25');
}

function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
