import { cell, code, details, htmlText, table } from '../core/text/markdown';
import type { AccessChange, AttributeChange, Review, ReviewedChange, StackReview } from './review';

/** Characters of a comment on GitHub, with room for the marker of the comment. https://docs.github.com/en/rest/issues/comments */
const LIMIT = 60_000;

/** Rows of the table of access; the rest is in the JSON. */
const MOST_ACCESS = 40;

/** How much of a review is written: each level omits the part that helps a reviewer least. */
interface Detail {
  readonly attributes: boolean;
  readonly lists: boolean;
  readonly drift: boolean;
}

const LEVELS: readonly Detail[] = [
  { attributes: true, lists: true, drift: true },
  { attributes: false, lists: true, drift: true },
  { attributes: false, lists: false, drift: true },
  { attributes: false, lists: false, drift: false },
];

/** A review as Markdown of GitHub and GitLab, in at most 60,000 characters. Access and losses are never omitted. */
export function reviewMarkdown(review: Review, limit = LIMIT): string {
  let text = '';
  for (const level of LEVELS) {
    text = written(review, level);
    if (text.length <= limit) return text;
  }
  const note = '\n\n… The comment has no room for more. The JSON of the review has everything.';
  return `${text.slice(0, limit - note.length).replace(/\n[^\n]*$/, '')}${note}`;
}

function written(review: Review, detail: Detail): string {
  return [
    `## Plan review: ${headline(review)}`,
    ...review.stacks.flatMap(({ name, warnings }) =>
      warnings.map((warning) => `> **${cell(name)}**: ${cell(warning)}`),
    ),
    ...accessSection(review.access),
    ...(detail.lists ? reachSection(review.access) : []),
    ...lossSection(review.stacks),
    ...ceilingSection(review),
    ...findingSection(review),
    ...otherSection(review),
    ...review.stacks.map((stack) => stackSection(stack, detail)),
    coverageLine(review),
    `Digest \`${review.digest}\``,
  ].join('\n\n');
}

/** Numbers of a review in one line. */
export function headline({ stacks, access }: Review): string {
  const counts: Record<string, number> = {};
  for (const stack of stacks) {
    for (const [action, count] of Object.entries(stack.counts))
      counts[action] = (counts[action] ?? 0) + count;
  }
  const changes = Object.entries(counts).map(([action, count]) => `${count} ${action}`);
  const broader = access.filter(({ verdict }) => verdict !== 'narrowed').length;
  return [
    changes.length === 0 ? 'no changes' : changes.join(', '),
    broader === 0 ? 'no broader access' : `**${broader} broader or unknown access**`,
  ].join('; ');
}

function accessSection(access: readonly AccessChange[]): string[] {
  if (access.length === 0) return [];
  const rows = access
    .slice(0, MOST_ACCESS)
    .map(({ verdict, subject, details: lines, addresses, reason, owner, ticket }) => [
      verdict === 'narrowed' ? verdict : `**${verdict}**`,
      code(subject),
      lines.map(cell).join('<br>'),
      [reason && cell(reason), owner && cell(owner), ticket && cell(ticket)].filter(Boolean).join('<br>') ||
        '_no reason_',
      addresses.map(code).join('<br>'),
    ]);
  const more = access.length - MOST_ACCESS;
  return [
    '### Access',
    table(['Change', 'Subject', 'What', 'Reason', 'Resource'], rows),
    ...(more > 0 ? [`${more} more are in the JSON of the review.`] : []),
  ];
}

/** Access of the identities of the table after the plan, closed at first. */
function reachSection(access: readonly AccessChange[]): string[] {
  const lines = access.slice(0, MOST_ACCESS).flatMap(({ subject, reach }) => {
    if (reach === undefined) return [];
    const { strongest, others } = reach;
    const texts = [...strongest.map(cell), ...(others === 0 ? [] : [`and ${others} more`])];
    return [`- ${code(subject)}\n${texts.map((each) => `  - ${each}`).join('\n')}`];
  });
  const unique = [...new Set(lines)];
  return unique.length === 0
    ? []
    : [details('What these identities reach with the new access', unique.join('\n'))];
}

function lossSection(stacks: readonly StackReview[]): string[] {
  const lost = stacks.flatMap(({ name, changes }) =>
    changes
      .filter(({ action, isStatefulLoss }) => isStatefulLoss || action === 'delete')
      .map((change) => ({ name, change })),
  );
  if (lost.length === 0) return [];
  const rows = lost.map(({ name, change }) => [
    change.isStatefulLoss ? `**${change.action}**` : change.action,
    `${code(change.address)} (${cell(name)})`,
    change.notes.map(cell).join('<br>'),
  ]);
  return ['### Deleted and replaced', table(['Action', 'Resource', 'Consequence'], rows)];
}

function findingSection({ newFindings, oldFindings }: Review): string[] {
  const old = oldFindings === 0 ? [] : [`${oldFindings} findings are not new.`];
  if (newFindings.length === 0) return old;
  const rows = newFindings.map(({ id, severity, address, message, fix }) => [
    `${severity} ${code(id)}`,
    code(address),
    cell(message),
    cell(fix),
  ]);
  return ['### New findings', table(['Rule', 'Resource', 'Finding', 'Fix'], rows), ...old];
}

function ceilingSection({ exceeded }: Review): string[] {
  return exceeded.length === 0
    ? []
    : ['### Above the ceiling', exceeded.map((each) => `- ${cell(each)}`).join('\n')];
}

/** Rows of findings of other scanners; their own reports have the rest. */
const MOST_OTHERS = 20;

function otherSection({ others }: Review): string[] {
  if (others.length === 0) return [];
  const rows = others
    .slice(0, MOST_OTHERS)
    .map(({ tool, rule, level, message, place }) => [
      cell(tool),
      `${cell(level)} ${code(rule)}`,
      code(place),
      cell(message),
    ]);
  const more = others.length - MOST_OTHERS;
  return [
    '### Findings of other scanners',
    table(['Scanner', 'Rule', 'Place', 'Finding'], rows),
    ...(more > 0 ? [`${more} more are in their reports.`] : []),
  ];
}

function stackSection(stack: StackReview, { attributes, lists, drift }: Detail): string {
  const { name, changes, counts, deferred, checks, outputs } = stack;
  const sum = Object.entries(counts).map(([action, count]) => `${count} ${action}`);
  const numbers = sum.length === 0 ? 'no changes' : sum.join(', ');
  const perType = [...new Set(changes.map(({ type, action }) => `${action} ${type}`))].map(
    (each) =>
      `- ${changes.filter(({ type, action }) => `${action} ${type}` === each).length} × ${cell(each)}`,
  );
  const body = [
    ...(changes.length === 0
      ? []
      : [(lists ? changes.map((change) => changeLine(change, attributes)) : perType).join('\n')]),
    ...listOf(
      'Changed outside of Terraform',
      drift ? stack.drift.map((change) => changeLine(change, attributes)) : countLine(stack.drift),
    ),
    ...listOf(
      'Planned later',
      deferred.map((each) => `- ${cell(each)}`),
    ),
    ...listOf(
      'Checks',
      checks.map((each) => `- ${cell(each)}`),
    ),
    ...listOf(
      'Outputs',
      outputs.map((each) => `- ${cell(each)}`),
    ),
  ];
  return body.length === 0
    ? `**${cell(name)}**: ${numbers}`
    : details(`<b>${htmlText(name)}</b>: ${numbers}`, body.join('\n\n'));
}

const countLine = (drift: readonly ReviewedChange[]) =>
  drift.length === 0 ? [] : [`- ${drift.length} resources`];

function listOf(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`**${title}**`, lines.join('\n')];
}

function changeLine(
  { action, address, notes, attributes, reason }: ReviewedChange,
  withAttributes: boolean,
): string {
  const parts = [...notes, ...(reason === undefined ? [] : [`Reason: ${reason}.`])].map(cell);
  const lines = withAttributes ? attributes.map((each) => `  - ${attributeText(each)}`) : [];
  return [`- ${action} ${code(address)}${parts.length === 0 ? '' : `: ${parts.join(' ')}`}`, ...lines].join(
    '\n',
  );
}

function attributeText({ path, before, after }: AttributeChange): string {
  if (before === undefined && after === undefined) return `${code(path)} changes`;
  return `${code(path)}: ${before === undefined ? '_none_' : code(before)} → ${after === undefined ? '_none_' : code(after)}`;
}

/** Number of resources that were read, because a review without findings can be incomplete. */
function coverageLine({ coverage: { stated, read, gaps } }: Review): string {
  const line = `${read} of ${stated} resources that state access were read completely.`;
  return gaps.length === 0
    ? line
    : `${line}\n\n${gaps
        .slice(0, 10)
        .map((each) => `- ${cell(each)}`)
        .join('\n')}`;
}
