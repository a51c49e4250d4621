import { InputError } from '../../lib/core/input-error';

/** A comment of a pull request or a merge request. */
export interface HostComment {
  readonly id: number;
  readonly body: string;
  /** Login of the author. */
  readonly author: string;
}

/** Comments of one pull request or merge request. */
export interface CommentHost {
  /** Login of the token. */
  login(): Promise<string>;
  /** All comments, oldest first. */
  list(): Promise<readonly HostComment[]>;
  create(body: string): Promise<void>;
  update(id: number, body: string): Promise<void>;
}

/** Place of the comments. */
export interface HostOptions {
  readonly host: 'github' | 'gitlab';
  /** URL of the REST API. */
  readonly api: string;
  /** `OWNER/NAME` on GitHub; path or id of the project on GitLab. */
  readonly repository: string;
  /** Number of the pull request or merge request. */
  readonly number: number;
  readonly token: string;
}

/** Comments a page; both hosts allow 100. */
const PAGE = 100;

/** Pages that are read at most. */
const MOST_PAGES = 30;

interface Json {
  readonly id?: number;
  readonly body?: string;
  readonly login?: string;
  readonly username?: string;
  readonly user?: { readonly login?: string };
  readonly author?: { readonly username?: string };
}

/** Comments through the REST API of GitHub or GitLab. */
export function commentHost({ host, api, repository, number, token }: HostOptions): CommentHost {
  const isGitHub = host === 'github';
  const comments = isGitHub
    ? `/repos/${repository}/issues/${number}/comments`
    : `/projects/${encodeURIComponent(repository)}/merge_requests/${number}/notes`;
  const one = (id: number) => (isGitHub ? `/repos/${repository}/issues/comments/${id}` : `${comments}/${id}`);
  const headers: Record<string, string> = isGitHub
    ? {
        authorization: `Bearer ${token}`,
        accept: 'application/vnd.github+json',
        'x-github-api-version': '2022-11-28',
      }
    : { 'private-token': token };

  async function call(method: string, path: string, body?: object): Promise<unknown> {
    const action = `${method} ${path.replace(/\?.*$/, '')}`;
    let response: Response;
    try {
      response = await fetch(`${api}${path}`, {
        method,
        headers: { ...headers, 'content-type': 'application/json', 'user-agent': 'cdktf-multicloud' },
        ...(body && { body: JSON.stringify(body) }),
        redirect: 'error',
        signal: AbortSignal.timeout(30_000),
      });
    } catch (cause) {
      throw new InputError(`${action} got no answer (${(cause as Error).message}).`, { cause });
    }
    if (!response.ok)
      throw new HostError(
        `${action} was answered with ${response.status}.${hintOf(response.status)}`,
        response.status,
      );
    return response.json();
  }

  return {
    async login() {
      const { login, username } = (await call('GET', '/user')) as Json;
      return login ?? username ?? '';
    },
    async list() {
      const found: HostComment[] = [];
      for (let page = 1; page <= MOST_PAGES; page++) {
        const items = (await call(
          'GET',
          `${comments}?per_page=${PAGE}&page=${page}${isGitHub ? '' : '&sort=asc&order_by=created_at'}`,
        )) as readonly Json[];
        found.push(
          ...items.map(({ id = 0, body = '', user, author }) => ({
            id,
            body,
            author: user?.login ?? author?.username ?? '',
          })),
        );
        if (items.length < PAGE) break;
      }
      return found;
    },
    async create(body) {
      await call('POST', comments, { body });
    },
    async update(id, body) {
      await call(isGitHub ? 'PATCH' : 'PUT', one(id), { body });
    },
  };
}

/** An answer of the host that is an error. */
export class HostError extends InputError {
  constructor(
    message: string,
    /** Status of HTTP. */
    public readonly status: number,
  ) {
    super(message);
  }
}

function hintOf(status: number): string {
  if (status === 401) return ' Check the token.';
  if (status === 403)
    return ' The token needs the permission to write comments: pull-requests: write on GitHub, the scope api on GitLab.';
  return status === 404 ? ' Check the repository and the number.' : '';
}
