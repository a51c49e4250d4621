import { Option, type Command } from 'commander';
import { isObject } from '../../lib/core/is-object';
import type { Review } from '../../lib/review/review';
import { appended } from '../appended';
import { InputError } from '../../lib/core/input-error';
import { readJson } from '../input';
import type { Streams } from '../streams';
import { commentHost, type HostOptions } from './host';
import { bodyOf, post } from './post';

interface CommentOptions {
  readonly host: 'github' | 'gitlab';
  readonly api?: string;
  readonly repository?: string;
  readonly number?: string;
  readonly author?: string;
  readonly expectStack: readonly string[];
  readonly dryRun: boolean;
  readonly skipNoChanges: boolean;
}

/** Variables that the hosts set in a pipeline, with the variable of the token. */
const VARIABLES = {
  github: {
    api: 'GITHUB_API_URL',
    repository: 'GITHUB_REPOSITORY',
    token: 'GITHUB_TOKEN',
    number: undefined,
    url: 'https://api.github.com',
  },
  gitlab: {
    api: 'CI_API_V4_URL',
    repository: 'CI_PROJECT_PATH',
    token: 'GITLAB_TOKEN',
    number: 'CI_MERGE_REQUEST_IID',
    url: 'https://gitlab.com/api/v4',
  },
} as const;

/** Adds the verb to the program. */
export function addComment(program: Command, streams: Streams): void {
  program
    .command('comment')
    .summary('post a review to a pull request or merge request')
    .description(
      'Posts the review as one comment, and updates it at the next run.\n' +
        'The token is read from GITHUB_TOKEN or GITLAB_TOKEN.\n' +
        'Exit code: 0 posted, 1 wrong usage, unreadable input, or an error of the host.',
    )
    .argument('<review>', 'JSON of "review --format json"; "-" is standard input')
    .addOption(
      new Option('--host <host>', 'host of the repository').choices(['github', 'gitlab']).default('github'),
    )
    .option('--api <url>', 'URL of the REST API; the variable of the pipeline if it is omitted')
    .option('--repository <name>', 'OWNER/NAME; the variable of the pipeline if it is omitted')
    .option('--number <number>', 'number of the pull request or merge request')
    .option('--author <login>', 'login of the token, for tokens that cannot read it: github-actions[bot]')
    .option('--expect-stack <name>', 'stack that must have a plan, several times if needed', appended, [])
    .option('--dry-run', 'print the comment and post nothing', false)
    .option('--skip-no-changes', 'make no new comment for a review without changes', false)
    .action(async (path: string, options: CommentOptions) => {
      const review = reviewIn(await readJson(path, streams), path);
      if (options.dryRun) {
        streams.stdout.write(`${bodyOf(review, options.expectStack)}\n`);
        return;
      }
      const posted = await post(review, commentHost(hostOptions(options, process.env)), {
        expected: options.expectStack,
        skipsNoChanges: options.skipNoChanges,
        ...(options.author !== undefined && { author: options.author }),
      });
      streams.stdout.write(`The comment was ${posted}.\n`);
    });
}

function reviewIn(document: unknown, path: string): Review {
  if (
    isObject(document) &&
    document.version === 1 &&
    Array.isArray(document.stacks) &&
    Array.isArray(document.access)
  ) {
    return document as unknown as Review;
  }
  throw new InputError(`${path} must be a review. "cdktf-multicloud review --format json" writes one.`);
}

/** Place and token, from the options or from the variables of the pipeline. */
export function hostOptions(options: CommentOptions, environment: NodeJS.ProcessEnv): HostOptions {
  const { host } = options;
  const names = VARIABLES[host];
  const needed = (value: string | undefined, option: string, pattern: RegExp, rule: string): string => {
    if (value === undefined || value === '') throw new InputError(`${option} is required. It must ${rule}.`);
    if (!pattern.test(value)) throw new InputError(`${option} must ${rule} (got "${value}").`);
    return value;
  };
  const token = environment[names.token];
  if (token === undefined || token === '')
    throw new InputError(`The variable ${names.token} must have a token.`);
  const number = options.number ?? (names.number && environment[names.number]);
  return {
    host,
    api: needed(
      options.api ?? environment[names.api] ?? names.url,
      '--api',
      /^https?:\/\/[^\s]+$/,
      'be a URL',
    ).replace(/\/$/, ''),
    repository: needed(
      options.repository ?? environment[names.repository],
      '--repository',
      /^[\w.-]+(\/[\w.-]+)*$/,
      'have the form OWNER/NAME',
    ),
    number: Number(needed(number, '--number', /^[1-9]\d*$/, 'be the number of the pull request')),
    token,
  };
}
