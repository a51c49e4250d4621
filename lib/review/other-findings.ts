import { isObject } from '../core/is-object';
import { masked } from './masked';
import type { OtherFinding } from './review';

/** Findings in a SARIF file; none in a document of another form. */
export function otherFindings(sarif: unknown): readonly OtherFinding[] {
  return items(sarif, 'runs').flatMap((run) => {
    const tool = textAt(run, ['tool', 'driver', 'name']) || 'scanner';
    return items(run, 'results').map((result) => ({
      tool: masked(tool),
      rule: masked(textAt(result, ['ruleId']) || textAt(result, ['rule', 'id'])),
      level: textAt(result, ['level']) || 'warning',
      message: masked(textAt(result, ['message', 'text'])),
      place: masked(placeOf(result)),
    }));
  });
}

function placeOf(result: unknown): string {
  const [location] = items(result, 'locations');
  const file = textAt(location, ['physicalLocation', 'artifactLocation', 'uri']);
  const line = at(location, ['physicalLocation', 'region', 'startLine']);
  const [logical] = items(location, 'logicalLocations');
  const name = textAt(logical, ['fullyQualifiedName']) || textAt(logical, ['name']);
  return [name, typeof line === 'number' ? `${file}:${line}` : file].filter(Boolean).join(' ');
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((each, name) => (isObject(each) ? each[name] : undefined), value);
}

function textAt(value: unknown, path: readonly string[]): string {
  const found = at(value, path);
  return typeof found === 'string' ? found : '';
}

function items(value: unknown, name: string): readonly unknown[] {
  const found = at(value, [name]);
  return Array.isArray(found) ? found : [];
}
