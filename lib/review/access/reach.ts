import { nodeText } from '../../access/formats/sentence';
import type { AccessGraph } from '../../access/graph/graph';
import { AccessQuestions, type AccessAnswer } from '../../access/questions/answers';
import type { AccessPath } from '../../access/questions/reach';
import { compareText } from '../../core/text/compare-text';
import { masked } from '../masked';
import type { AccessReach } from '../review';
import { strengthOf } from './privilege';

/** Sentences of one identity; the number of the others is enough to ask the access graph. */
const MOST = 5;

/** Permissions of one sentence. */
const MOST_PERMISSIONS = 3;

/** Longest sentence. */
const LONGEST = 300;

/** Access that identities have after a plan, beside the access that a change gives them. */
export class Reached {
  private readonly questions: AccessQuestions;
  private readonly known = new Map<string, readonly AccessAnswer[]>();
  private readonly bySource = new Map<string, Set<string>>();

  /** @param graph access graph after the plan */
  constructor(graph: AccessGraph) {
    this.questions = new AccessQuestions(graph);
    const kinds = new Map(graph.nodes.map(({ id, kind }) => [id, kind]));
    for (const { kind, from, to, sources } of graph.edges) {
      const identity = kind === 'grants' ? from : to;
      // Every role trusts a service of AWS, so a service alone reaches everything.
      if (kinds.get(identity) === 'aws.service') continue;
      for (const { stack, address } of sources) {
        const key = `${stack}: ${address}`;
        this.bySource.set(key, (this.bySource.get(key) ?? new Set()).add(identity));
      }
    }
  }

  /** Identities whose access the resources at these addresses state. */
  public identitiesOf(addresses: readonly string[]): readonly string[] {
    return [...new Set(addresses.flatMap((address) => [...(this.bySource.get(address) ?? [])]))];
  }

  /**
   * Access of identities without the grants of some resources.
   * @param addresses `STACK: ADDRESS` of the changed resources
   */
  public of(identities: readonly string[], addresses: readonly string[]): AccessReach | undefined {
    const changed = new Set(addresses);
    const others = identities
      .flatMap((id) => this.answersOf(id))
      .filter(({ path }) =>
        (path.at(-1)?.sources ?? []).some(({ stack, address }) => !changed.has(`${stack}: ${address}`)),
      );
    const texts = new Map<string, number>();
    for (const answer of others) texts.set(this.textOf(answer), rank(answer));
    if (texts.size === 0) return undefined;
    const sorted = [...texts].sort(([one, a], [other, b]) => a - b || compareText(one, other));
    return {
      strongest: sorted.slice(0, MOST).map(([text]) => text),
      others: Math.max(0, sorted.length - MOST),
    };
  }

  private answersOf(id: string): readonly AccessAnswer[] {
    const known = this.known.get(id) ?? this.questions.whatCan(id);
    this.known.set(id, known);
    return known;
  }

  private textOf({ path, resource, certainty }: AccessAnswer): string {
    const { role, permissions = [] } = path.at(-1) ?? {};
    const more = permissions.length - MOST_PERMISSIONS;
    const list = [...permissions.slice(0, MOST_PERMISSIONS), ...(more > 0 ? [`${more} more`] : [])].join(
      ', ',
    );
    const what = [role, list].filter(Boolean).join(': ') || 'access';
    const sure = certainty === 'possible' ? ' (possible)' : '';
    return masked(`${what} on ${nodeText(resource)}${this.wayOf(path)}${sure}`, LONGEST);
  }

  /** Identities between the first one and the grant; the ends of a long way tell enough. */
  private wayOf(path: AccessPath): string {
    const names = path.slice(0, -1).map(({ to }) => nodeText(this.questions.node(to)));
    const [first = '', ...rest] = names;
    const last = rest.pop();
    if (last === undefined) return names.length === 0 ? '' : `, through ${first}`;
    const middle = rest.length === 0 ? '' : `, ${rest.length} more`;
    return `, through ${first}${middle} and ${last}`;
  }
}

/** Order of answers: the class of the permission, then everything of an account or a project. */
function rank({ path, resource }: AccessAnswer): number {
  const edge = path.at(-1);
  const isBroad = resource.names.some((name) => name === '*' || name.startsWith('project:'));
  return (edge === undefined ? 9 : strengthOf(edge)) * 2 + (isBroad ? 0 : 1);
}
