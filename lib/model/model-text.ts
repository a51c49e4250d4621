import { isRecord } from './values/json-record';
import type { ModelStack } from './model';
import { ModelError } from './values/model-error';
import { PLAN_COMMANDS, readPlan, type PlanOptions } from './plan-reader';
import { readSynthesizedStack } from './synthesized-reader';

/**
 * Reads the text of a file: a plan as `terraform show -json` prints it, or a configuration in the JSON syntax of
 * Terraform.
 * @param source path of the file, for errors
 * @throws ModelError if the text is neither
 */
export function readModelText(text: string, source: string, options: PlanOptions = {}): ModelStack {
  const json = parsedJson(text, source);
  try {
    return isRecord(json) && 'format_version' in json
      ? readPlan(json, options)
      : readSynthesizedStack(json, options);
  } catch (error) {
    throw error instanceof ModelError ? new ModelError(source, error.problem) : error;
  }
}

/** Text of the bytes of a file. PowerShell writes the output of a program in UTF-16. */
export function decodedText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding = first === 0xff && second === 0xfe ? 'utf-16le' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

/** Parses JSON and states why that fails. */
export function parsedJson(text: string, source: string): unknown {
  if (text.trim() === '') throw new ModelError(source, `the file must not be empty. ${PLAN_COMMANDS}`);
  // A saved plan is a zip archive.
  if (text.startsWith('PK\u0003\u0004')) {
    throw new ModelError(
      source,
      'the plan must be JSON (got a binary plan). Run "terraform show -json plan > plan.json".',
    );
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new ModelError(source, problemOf(text, cause), { cause });
  }
}

function problemOf(text: string, cause: unknown): string {
  if (isLog(text)) {
    return `the plan must be JSON (got the log of "terraform plan -json"). ${PLAN_COMMANDS}`;
  }
  const reason = cause instanceof Error ? cause.message : '';
  const [, position] = /at position (\d+)/.exec(reason) ?? [];
  const isTruncated =
    /end of JSON input|Unterminated/.test(reason) || Number(position) >= text.trimEnd().length;
  return isTruncated
    ? 'the JSON must be complete (got a truncated file).'
    : `the file must be JSON. ${PLAN_COMMANDS}`;
}

/** Whether the text is a log: one JSON object with a message in each line. */
function isLog(text: string): boolean {
  const [line = ''] = text.trimStart().split('\n', 1);
  return line.startsWith('{') && line.includes('"@message"');
}
