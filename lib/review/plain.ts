import { visible } from '../core/text/visible-text';
import { headline } from './markdown';
import type { AccessReach, Review, ReviewedChange } from './review';

/** Styles of a text for a terminal. */
export interface ReviewStyles {
  /** Style of broader access, losses and errors. */
  readonly bad: (text: string) => string;
  /** Style of narrower access. */
  readonly good: (text: string) => string;
  /** Style of headings. */
  readonly bold: (text: string) => string;
  /** Style of reasons and addresses. */
  readonly dim: (text: string) => string;
}

const plain = (text: string) => text;
const PLAIN: ReviewStyles = { bad: plain, good: plain, bold: plain, dim: plain };

/** A review for a terminal. */
export function plainReview(review: Review, { bad, good, bold, dim }: ReviewStyles = PLAIN): string {
  const { stacks, access, newFindings, oldFindings, coverage } = review;
  const lines = [
    bold(`Plan review: ${headline(review).replaceAll('*', '')}`),
    ...stacks.flatMap(({ name, warnings }) => warnings.map((each) => bad(`  ${name}: ${each}`))),
    ...(access.length === 0 ? [] : ['', bold('Access')]),
    ...access.flatMap(({ verdict, subject, details, reason, owner, addresses, reach }) => [
      `  ${verdict === 'narrowed' ? good(verdict) : bad(verdict)}  ${subject}`,
      ...details.map((each) => `    ${each}`),
      ...reachLines(reach).map((each) => dim(`    ${each}`)),
      dim(
        `    ${reason === undefined ? 'no reason is recorded' : `reason: ${reason}`}${owner === undefined ? '' : `, owner: ${owner}`}`,
      ),
      ...addresses.map((each) => dim(`    ${each}`)),
    ]),
    ...(newFindings.length === 0 ? [] : ['', bold('New findings')]),
    ...newFindings.flatMap(({ id, severity, address, message, fix }) => [
      `  ${severity === 'error' ? bad(severity) : severity} ${id}  ${address}`,
      `    ${message}`,
      dim(`    ${fix}`),
    ]),
    ...review.exceeded.map((each) => bad(`  above the ceiling: ${each}`)),
    ...review.others.map(
      ({ tool, rule, level, message, place }) => `  ${level} ${tool} ${rule}  ${place}  ${message}`,
    ),
    ...(oldFindings === 0 ? [] : [dim(`  ${oldFindings} findings are not new.`)]),
    ...stacks.flatMap(({ name, changes, drift, deferred, checks, outputs }) => [
      '',
      bold(`${name}${changes.length === 0 ? ': no changes' : ''}`),
      ...changes.flatMap((change) => changeLines(change, { bad, good, bold, dim })),
      ...drift.flatMap((change) => [
        '  changed outside of Terraform:',
        ...changeLines(change, { bad, good, bold, dim }),
      ]),
      ...[...deferred, ...checks].map((each) => `  ${each}`),
      ...outputs.map((each) => `  output ${each}`),
    ]),
    '',
    dim(`${coverage.read} of ${coverage.stated} resources that state access were read completely.`),
    ...coverage.gaps.slice(0, 10).map((each) => dim(`  ${each}`)),
    dim(`Digest ${review.digest}`),
  ];
  return lines.map(safe).join('\n');
}

function reachLines(reach: AccessReach | undefined): readonly string[] {
  if (reach === undefined) return [];
  const { strongest, others } = reach;
  return [
    'the identity also reaches:',
    ...strongest.map((each) => `  ${each}`),
    ...(others === 0 ? [] : [`  and ${others} more`]),
  ];
}

// eslint-disable-next-line no-control-regex -- styles are escape sequences
const STYLE = /(\u001b\[[\d;]*m)/;

/** Line without hidden characters of a name. The escape sequences of the styles stay. */
function safe(line: string): string {
  const parts = line.split(STYLE);
  return parts.map((part, index) => (index % 2 === 0 ? visible(part) : part)).join('');
}

function changeLines(change: ReviewedChange, { bad, dim }: ReviewStyles): readonly string[] {
  const { action, address, notes, attributes, isStatefulLoss, reason } = change;
  const word = isStatefulLoss || action === 'delete' ? bad(action) : action;
  return [
    `  ${word} ${address}`,
    ...notes.map((each) => `    ${each}`),
    ...attributes.map(({ path, before, after }) =>
      before === undefined && after === undefined
        ? `    ${path} changes`
        : `    ${path}: ${before ?? '(none)'} -> ${after ?? '(none)'}`,
    ),
    ...(reason === undefined ? [] : [dim(`    reason: ${reason}`)]),
  ];
}
