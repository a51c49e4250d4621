import { knownAtSynth, matching, optional, oneOf, shape, type Rule } from '../../core/rules';
import { anyKind, variants } from '../../core/variants';

/** Form of the subject in the tokens of GitHub. */
export type GithubSubjectFormat = 'classic' | 'immutable';

/** A repository on GitHub whose workflows deploy. */
export interface GithubRepository {
  /** Name of the organization or user. */
  readonly owner: string;
  /** Numeric id of the owner, which a rename does not change. */
  readonly ownerId: string;
  /** Name of the repository, without the owner. */
  readonly repository: string;
  /** Numeric id of the repository, which a rename does not change. */
  readonly repositoryId: string;
  /**
   * Form of the subject. Repositories that were created, renamed or transferred after 15 July 2026 have `immutable`:
   * `repo:OWNER@ID/REPOSITORY@ID:…`. A wrong form denies each run.
   * @default 'immutable'
   */
  readonly subjectFormat?: GithubSubjectFormat;
}

/** A project on GitLab whose pipelines deploy. */
export interface GitlabProject {
  /** Path of the project with its groups, for example `acme/shop`. */
  readonly projectPath: string;
  /** Numeric id of the project. */
  readonly projectId: string;
  /** Numeric id of the group or user of the project. */
  readonly namespaceId: string;
  /**
   * Address of the server, `https://HOST`. AWS and Google read its public keys there.
   * @default 'https://gitlab.com'
   */
  readonly url?: string;
}

/** Another issuer of OpenID Connect tokens. */
export interface OidcIssuer {
  /** Address of the issuer, `https://HOST/PATH`, without "/" at its end. */
  readonly issuer: string;
}

/** Origin of the runs: a repository on GitHub, a project on GitLab, or another issuer. */
export type PipelineSource =
  | (GithubRepository & {
      /** Distinguishes the sources. */
      readonly kind: 'github';
    })
  | (GitlabProject & {
      /** Distinguishes the sources. */
      readonly kind: 'gitlab';
    })
  | (OidcIssuer & {
      /** Distinguishes the sources. */
      readonly kind: 'oidc';
    });

/** Origins of the runs of a pipeline. */
export const PipelineSource = {
  /** Workflows of one repository on GitHub. */
  github(repository: GithubRepository): PipelineSource {
    return { kind: 'github', ...repository };
  },
  /** Pipelines of one project on GitLab. */
  gitlab(project: GitlabProject): PipelineSource {
    return { kind: 'gitlab', ...project };
  },
  /** Runs of another system whose tokens have a stable subject. */
  oidc(issuer: OidcIssuer): PipelineSource {
    return { kind: 'oidc', ...issuer };
  },
} as const;

const known = (pattern: RegExp, statement: string): Rule => knownAtSynth(matching(pattern, statement));
const numericId = known(/^[1-9]\d{0,19}$/, 'be a numeric id, as a string of digits');
const serverUrl = known(
  /^https:\/\/[a-z0-9.-]+(:\d+)?(\/[\w.~/-]*[\w.~-])?$/,
  'be an address of the form https://HOST or https://HOST/PATH, without "/" at its end',
);

export const pipelineSource: Rule = variants(
  'PipelineSource.github(…), PipelineSource.gitlab(…) or PipelineSource.oidc(…)',
  {
    github: shape<GithubRepository & { readonly kind: string }>({
      kind: anyKind,
      owner: known(
        /^[A-Za-z0-9][A-Za-z0-9_-]{0,38}$/,
        'be the name of an owner on GitHub: 1 to 39 letters, digits, "-" and "_"',
      ),
      ownerId: numericId,
      repository: known(
        /^[\w.-]{1,100}$/,
        'be the name of a repository without its owner: 1 to 100 letters, digits, ".", "_" and "-"',
      ),
      repositoryId: numericId,
      subjectFormat: optional(oneOf(['classic', 'immutable'])),
    }),
    gitlab: shape<GitlabProject & { readonly kind: string }>({
      kind: anyKind,
      projectPath: known(/^[\w.-]+(\/[\w.-]+)+$/, 'be the path of a project with its groups, GROUP/PROJECT'),
      projectId: numericId,
      namespaceId: numericId,
      url: optional(serverUrl),
    }),
    oidc: shape<OidcIssuer & { readonly kind: string }>({ kind: anyKind, issuer: serverUrl }),
  },
);
