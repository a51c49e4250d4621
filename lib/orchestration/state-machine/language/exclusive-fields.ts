import type { Report } from '../../../core/rules';
import type { LocatedState } from './structure';

/** Fields of which a state has at most one: a value, or the path of a value. */
const AT_MOST_ONE = [
  ['TimeoutSeconds', 'TimeoutSecondsPath'],
  ['HeartbeatSeconds', 'HeartbeatSecondsPath'],
  ['MaxConcurrency', 'MaxConcurrencyPath'],
  ['ToleratedFailureCount', 'ToleratedFailureCountPath'],
  ['ToleratedFailurePercentage', 'ToleratedFailurePercentagePath'],
  ['Error', 'ErrorPath'],
  ['Cause', 'CausePath'],
];

/** Fields of which a state has exactly one, if its type has them. */
const EXACTLY_ONE = [
  ['Next', 'End'],
  ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'],
  ['ItemProcessor', 'Iterator'],
];

/** Checks fields that exclude each other. https://states-language.net/spec.html */
export function checkExclusiveFields({ state, property, fields }: LocatedState, report: Report): void {
  const isMap = state.Type === 'Map';
  for (const names of [...AT_MOST_ONE, ...(isMap ? [['ItemSelector', 'Parameters']] : [])]) {
    const given = names.filter((name) => state[name] !== undefined);
    if (given.length < 2) continue;
    report({ property, value: given, rule: `have at most one of ${names.join(', ')}` });
  }
  for (const all of EXACTLY_ONE) {
    const names = all.filter((name) => Object.hasOwn(fields, name));
    const given = names.filter((name) => state[name] !== undefined);
    if (names.length === 0 || given.length === 1) continue;
    report({ property, value: given, rule: `have exactly one of ${names.join(', ')}` });
  }
}
