import { cell, code, table } from '../../core/text/markdown';
import { visible } from '../../core/text/visible-text';
import type { AccessObserved, ObservedAccess, UnjudgedGrant, UnusedGrant } from '../observed/access-observed';
import { edgeSentence, nodeText } from './sentence';

/** One table of a report. */
export interface ObservedTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const CALLS = ['Identity', 'Permission', 'Resource', 'Calls', 'Period', 'Path'];

/** Tables of a report: calls without a path first. */
export function observedTables(observed: AccessObserved): readonly ObservedTable[] {
  const nodes = new Map(observed.nodes.map((node) => [node.id, node]));
  const name = (id: string) => {
    const node = nodes.get(id);
    return node === undefined ? id : nodeText(node);
  };
  const row = ({ identity, permission, resource, count, first, last, path = [] }: ObservedAccess) => [
    name(identity),
    permission,
    resource,
    String(count),
    first === last ? first : `${first} to ${last}`,
    path
      .map(({ kind, to, role }) => `${kind} ${name(to)}${role === undefined ? '' : ` by ${role}`}`)
      .join(' > '),
  ];
  const sentence = ({ edge }: UnusedGrant | UnjudgedGrant) => {
    const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
    return from && to ? edgeSentence(edge, from, to) : edge.id;
  };
  const calls = (title: string, list: readonly ObservedAccess[]): ObservedTable => ({
    title: `${title} (${list.length})`,
    head: CALLS,
    rows: list.map(row),
  });
  return [
    calls('Calls without a path in the manifest', observed.unexplained),
    calls('Calls with a path', observed.explained),
    calls('Denied calls', observed.denied),
    calls('Calls of the control plane and calls of every user', observed.system),
    {
      title: `Permissions without a call (${observed.unused.length})`,
      head: ['Grant', 'Permissions', 'Change'],
      rows: observed.unused.map((each) => [sentence(each), each.permissions.join(', '), each.change]),
    },
    {
      title: `Grants that the logs cannot show in use (${observed.unjudged.length})`,
      head: ['Grant', 'Cause'],
      rows: observed.unjudged.map((each) => [sentence(each), each.reason]),
    },
  ].filter(({ rows }, index) => index === 0 || rows.length > 0);
}

/** Sentence with the period of the logs. */
export function windowText({ window }: AccessObserved): string {
  return window === undefined
    ? 'The logs have no call.'
    : `The logs have calls from ${visible(window.first)} to ${visible(window.last)}. An identity can need access outside of this period.`;
}

/** Report in Markdown. */
export function observedMarkdown(observed: AccessObserved): string {
  return [
    cell(windowText(observed)),
    ...observedTables(observed).map(({ title, head, rows }) =>
      [
        `### ${cell(title)}`,
        ...(rows.length === 0
          ? []
          : [
              '',
              table(
                head,
                rows.map(([first = '', ...rest]) => [code(first), ...rest.map(cell)]),
              ),
            ]),
      ].join('\n'),
    ),
  ].join('\n\n');
}
