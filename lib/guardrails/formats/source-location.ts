import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Place in a source file of the user. */
export interface SourceLocation {
  /** Path relative to the root of the repository, with "/" on every platform. */
  readonly file: string;
  /** Line, from 1. */
  readonly line: number;
  /** Column, from 1. */
  readonly column: number;
}

/** Finds the place of a finding. */
export interface SourceLocator {
  /**
   * The place that made a resource: the first frame of its stack trace in a file of the user, by the source map of the
   * file if it has one. `undefined` if no trace was captured.
   */
  find(stackTrace: readonly string[]): SourceLocation | undefined;
}

const FRAME = /\(?((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/])[^()]*?):(\d+):(\d+)\)?$/;
const MAP_COMMENT = /\/\/# sourceMappingURL=(.+)\s*$/;
const DATA_URL = /^data:application\/json[^,]*;base64,/;

/**
 * A locator for files below a root.
 * @param root folder of the repository; frames of other files and of `node_modules` are skipped
 */
export function sourceLocator(root: string): SourceLocator {
  const maps = new Map<string, SourceMap | undefined>();
  const mapOf = (file: string) => {
    if (!maps.has(file)) maps.set(file, readMap(file));
    return maps.get(file);
  };
  return {
    find(stackTrace) {
      for (const frame of stackTrace) {
        const found = FRAME.exec(frame.trim());
        if (!found) continue;
        const [, path = '', line, column] = found;
        const file = path.startsWith('file://') ? fileURLToPath(path) : path;
        const mapped = original(mapOf(file), file, Number(line), Number(column));
        const name = relative(root, mapped.file);
        if (isAbsolute(name) || name.startsWith('..') || name.split(sep).includes('node_modules')) continue;
        return { ...mapped, file: name.split(sep).join('/') };
      }
      return undefined;
    },
  };
}

function original(map: SourceMap | undefined, file: string, line: number, column: number): SourceLocation {
  const entry = map?.findEntry(line - 1, column - 1);
  if (entry === undefined || !('originalSource' in entry) || !entry.originalSource)
    return { file, line, column };
  const source = entry.originalSource.startsWith('file://')
    ? fileURLToPath(entry.originalSource)
    : entry.originalSource;
  return {
    file: resolve(dirname(file), source),
    line: entry.originalLine + 1,
    column: entry.originalColumn + 1,
  };
}

/** Source map of a compiled file. A file without a map, or one that cannot be read, is its own source. */
function readMap(file: string): SourceMap | undefined {
  try {
    const [, url = ''] = MAP_COMMENT.exec(readFileSync(file, 'utf8')) ?? [];
    if (url === '') return undefined;
    const text = DATA_URL.test(url)
      ? Buffer.from(url.replace(DATA_URL, ''), 'base64').toString('utf8')
      : readFileSync(resolve(dirname(file), url.trim()), 'utf8');
    return new SourceMap(JSON.parse(text) as SourceMapPayload);
  } catch {
    return undefined;
  }
}
