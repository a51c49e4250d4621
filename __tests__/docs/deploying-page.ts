import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeployerAccess, type AwsPolicyFile } from '../../lib/deploying';
import { environments } from '../../stacks/environments';

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly dependencies: readonly string[] }>>;
}

/** The id of a project of the sample stacks. A plan has the number alone where a member names a service agent. */
const idOf = (project: string) =>
  environments.find((environment) => environment.project.number === project)?.project.id ?? project;

const code = (text: string) => `\`${text}\``;
const list = (names: readonly string[]) => names.map(code).join(', ') || '-';

/** A table as prettier writes it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join(
    '\n',
  );
}

const block = (language: string, text: string) => `\`\`\`${language}\n${text}\n\`\`\``;

/** Generated parts of docs/deploying.md by name, for the stacks of one environment in an output folder. */
export function generatedParts(outdir: string, environment: string): Record<string, string> {
  const { stacks: manifest } = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')) as Manifest;
  const stacks = DeployerAccess.fromOutput(outdir).stacks.filter((name) =>
    name.startsWith(`${environment}-`),
  );
  const access = DeployerAccess.fromOutput(outdir, { stacks });
  const byStack = stacks.map((name) => ({
    name,
    own: DeployerAccess.fromOutput(outdir, { stacks: [name] }),
  }));
  return {
    stacks: table(
      ['order', 'stack', 'after', 'credentials', 'Google projects', 'AWS accounts', 'in the cluster'],
      byStack.map(({ name, own }, index) => [
        String(index + 1),
        code(name),
        list(manifest[name]?.dependencies ?? []),
        own.providers.join(', '),
        list(own.google.map(({ project }) => project)),
        list(own.aws.map(({ account }) => account)),
        own.clusterRole ? 'yes' : '-',
      ]),
    ),
    apis: block(
      'sh',
      access.google
        .map(({ project, apis }) => [`gcloud services enable --project=${project}`, ...apis].join(' \\\n  '))
        .join('\n'),
    ),
    agents: block(
      'sh',
      access.google
        .flatMap(({ serviceAgents }) => serviceAgents)
        .map(
          ({ service, project }) =>
            `gcloud beta services identity create --service=${service} --project=${idOf(project)}`,
        )
        .filter((line, index, lines) => lines.indexOf(line) === index)
        .join('\n'),
    ),
    google: table(
      ['stack', 'project', 'permissions', 'accounts that it attaches'],
      byStack.flatMap(({ name, own }) =>
        own.google.map(({ project, customRole, actsAs }) => [
          code(name),
          code(project),
          String(customRole.includedPermissions.length),
          String(actsAs.length),
        ]),
      ),
    ),
    'google-role': access.google
      .map(
        ({ project, customRole }) =>
          `${code(project)}:\n\n${block('json', JSON.stringify(customRole, undefined, 2))}`,
      )
      .join('\n\n'),
    'acts-as': table(
      ['project', 'service account'],
      access.google.flatMap(({ project, actsAs }) => actsAs.map((account) => [code(project), code(account)])),
    ),
    aws: table(
      ['stack', 'account', 'policies', 'services'],
      byStack.flatMap(({ name, own }) =>
        own.aws.map(({ account, policies }) => {
          const actions = policies.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action));
          const services = [...new Set(actions.map((action) => action.split(':')[0] ?? ''))].sort();
          return [code(name), code(account), String(policies.length), services.join(' ')];
        }),
      ),
    ),
    'aws-policies': block('json', lineByLine(access.aws.flatMap(({ policies }) => policies))),
    'cluster-role': block('json', JSON.stringify(access.clusterRole, undefined, 2)),
  };
}

/** One statement per line: a page with one action per line is not read. */
function lineByLine(policies: readonly AwsPolicyFile[]): string {
  const files = policies.map(({ Version, Statement }) => {
    const statements = Statement.map((statement) => `      ${JSON.stringify(statement)}`).join(',\n');
    return `  {\n    "Version": "${Version}",\n    "Statement": [\n${statements}\n    ]\n  }`;
  });
  return `[\n${files.join(',\n')}\n]`;
}

const MARKED = /(<!-- generated: ([a-z-]+) -->\n\n)([\s\S]*?)(\n\n<!-- end -->)/g;

/** The generated parts that a page has now. */
export function partsOf(page: string): Record<string, string> {
  return Object.fromEntries([...page.matchAll(MARKED)].map(([, , name = '', text = '']) => [name, text]));
}

/** The page with other generated parts. */
export function withParts(page: string, parts: Readonly<Record<string, string>>): string {
  return page.replaceAll(
    MARKED,
    (_, start: string, name: string, old: string, end: string) => `${start}${parts[name] ?? old}${end}`,
  );
}
