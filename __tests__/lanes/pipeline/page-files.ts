import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { repository } from '../terraform/lab';

/** A file that a page shows in full. */
export interface PageFile {
  readonly path: string;
  readonly text: string;
}

/** YAML blocks of a page whose first line is a comment with the path of the file. */
export function yamlFilesOf(page: string): PageFile[] {
  const text = readFileSync(join(repository, 'docs', page), 'utf8');
  return [...text.matchAll(/```yaml\n# (\S+\.ya?ml)\n([^]*?)```/g)].map(([, path, content]) => ({
    path: path!,
    text: content!,
  }));
}

function fileOf(page: string, path: string): unknown {
  const file = yamlFilesOf(page).find((each) => each.path === path);
  if (file === undefined) throw new Error(`${page} does not show ${path}`);
  return parse(file.text);
}

/** Commands of a job of the pipeline for GitLab, one a line. */
export function gitlabScript(job: string, key: 'before_script' | 'script' = 'script'): readonly string[] {
  const file = fileOf('pipelines-gitlab.md', '.gitlab-ci.yml') as Record<string, Record<string, string[]>>;
  const commands = file[job]?.[key];
  if (commands === undefined) throw new Error(`the pipeline for GitLab has no ${key} of ${job}`);
  return commands;
}

/** Commands that Atlantis runs to plan a stack, without its built-in steps. */
export function atlantisCommands(): readonly string[] {
  const { workflows } = fileOf('pipelines-atlantis.md', 'repos.yaml') as {
    workflows: { review: { plan: { steps: (string | { run: string | { command: string } })[] } } };
  };
  return workflows.review.plan.steps.flatMap((step) => {
    if (typeof step === 'string') return [];
    return [typeof step.run === 'string' ? step.run : step.run.command];
  });
}
