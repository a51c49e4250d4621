import { Option, type Command } from 'commander';
import { tokenMarkdown, tokenText } from '../../lib/access/formats/token-text';
import { readClaims } from '../../lib/access/token/claims';
import { explainToken } from '../../lib/access/token/explain-token';
import type { TokenExplanation } from '../../lib/access/token/explanation';
import { ExitCode } from '../exit-codes';
import { readText } from '../input';
import type { Streams } from '../streams';
import { modelsIn, withModels, type ModelsInput } from './graph-input';

const FORMATS = {
  text: tokenText,
  markdown: tokenMarkdown,
  json: (explanation: TokenExplanation) => JSON.stringify(explanation, undefined, 2),
} as const;

interface ExplainOptions extends ModelsInput {
  readonly provider: string;
  readonly format: keyof typeof FORMATS;
}

/** Adds `explain-token`. `finish` receives the exit code. */
export function addExplainToken(access: Command, streams: Streams, finish: (code: number) => void): void {
  withModels(access.command('explain-token'))
    .summary('explain what an identity provider makes of a token')
    .description(
      'Checks the claims of an OpenID Connect token in the order of the exchange: issuer, audience, attribute mapping, ' +
        'condition, and the members or roles that accept it.\n' +
        'Exit code: 0 the token is accepted, 2 it is rejected or not decided, 1 wrong usage or unreadable input.',
    )
    .argument(
      '<claims>',
      'JSON file with the claims of the token, not the token itself; "-" is standard input',
    )
    .requiredOption('--provider <address>', 'Terraform address of the identity provider')
    .addOption(
      new Option('--format <format>', 'format of the answer').choices(Object.keys(FORMATS)).default('text'),
    )
    .action(async (path: string, options: ExplainOptions) => {
      const claims = readClaims(await readText(path, streams));
      const explanation = explainToken(modelsIn(options), claims, options.provider);
      streams.stdout.write(`${FORMATS[options.format](explanation)}\n`);
      finish(explanation.result === 'accepts' ? ExitCode.ok : ExitCode.findings);
    });
}
