import { pathOf } from './values/paths';
import {
  isComputed,
  isKnown,
  isModelObject,
  type ModelList,
  type ModelObject,
  type ModelValue,
} from './values/value';

/** Values of a plan in which expressions take the place of unknown values. */
export interface FilledValues {
  readonly values: ModelObject;
  /** Paths of the values that were filled in. */
  readonly filled: readonly string[];
}

/**
 * Fills unknown values of a plan in from the expressions of the same resource. A value that the provider computes
 * stays unknown.
 */
export function filledFrom(planned: ModelObject, source: ModelObject): FilledValues {
  const filled: string[] = [];
  return { values: filledObject(planned, source, '', filled), filled };
}

function filledValue(
  planned: ModelValue,
  source: ModelValue | undefined,
  path: string,
  filled: string[],
): ModelValue {
  if (source === undefined || isKnown(planned)) return planned;
  if (isComputed(planned)) {
    // A constant that is unknown in the plan is changed by the provider.
    if (planned.$kind !== 'unknown' || isKnown(source)) return planned;
    filled.push(path);
    return source;
  }
  if (Array.isArray(planned)) return filledList(planned as ModelList, source, path, filled);
  const block = Array.isArray(source) ? (source as ModelList)[0] : source;
  return isModelObject(planned) && isModelObject(block)
    ? filledObject(planned, block, path, filled)
    : planned;
}

function filledObject(
  planned: ModelObject,
  source: ModelObject,
  path: string,
  filled: string[],
): ModelObject {
  return Object.fromEntries(
    Object.entries(planned).map(([name, value]) => [
      name,
      value === undefined || !Object.hasOwn(source, name)
        ? value
        : filledValue(value, source[name], pathOf(path, name), filled),
    ]),
  );
}

/** Matching takes the square of the length. Unknown elements of longer lists stay unknown. */
const LONGEST = 200;

/** A set has another order in the plan, so that each element is matched with the source that agrees with it best. */
function filledList(planned: ModelList, source: ModelValue, path: string, filled: string[]): ModelValue {
  const sources = Array.isArray(source) ? (source as ModelList) : [source];
  // A dynamic block generates any number of elements.
  if (
    planned.length > LONGEST ||
    sources.length !== planned.length ||
    sources.some((each) => isComputed(each) && each.$kind === 'dynamic')
  ) {
    return planned;
  }
  const unused = new Set(sources.keys());
  const matches = new Map<number, ModelValue>();
  const order = [...planned.keys()].sort((a, b) => knownLeaves(planned[b]) - knownLeaves(planned[a]));
  for (const index of order) {
    const best = bestMatch(planned[index] ?? null, index, sources, unused);
    if (best === undefined) return planned;
    unused.delete(best);
    matches.set(index, sources[best] ?? null);
  }
  return planned.map((each, index) => filledValue(each, matches.get(index), pathOf(path, index), filled));
}

function bestMatch(
  planned: ModelValue,
  index: number,
  sources: ModelList,
  unused: ReadonlySet<number>,
): number | undefined {
  let best: { readonly at: number; readonly score: number } | undefined;
  for (const at of unused) {
    const score = agreement(planned, sources[at] ?? null);
    const isOwnConstant = isComputed(planned) && isKnown(sources[at]);
    if (score === undefined || isOwnConstant) continue;
    if (best === undefined || score > best.score || (score === best.score && at === index))
      best = { at, score };
  }
  return best?.at;
}

/** Count of known parts that are equal; `undefined` if two known parts differ. */
function agreement(planned: ModelValue, source: ModelValue): number | undefined {
  if (isComputed(source) || isComputed(planned)) return 0;
  if (Array.isArray(planned) || Array.isArray(source)) {
    const [own, other] = [planned, source].map((each) =>
      Array.isArray(each) ? (each as ModelList) : [each],
    );
    return own?.length === other?.length ? 1 : undefined;
  }
  if (isModelObject(planned) && isModelObject(source)) {
    let sum = 0;
    for (const [name, value] of Object.entries(source)) {
      const own = Object.hasOwn(planned, name) ? planned[name] : undefined;
      const score = own === undefined || value === undefined ? 0 : agreement(own, value);
      if (score === undefined) return undefined;
      sum += score;
    }
    return sum;
  }
  return String(planned) === String(source) ? 1 : undefined;
}

function knownLeaves(value: ModelValue | undefined): number {
  if (isComputed(value) || value === undefined || value === null) return 0;
  if (typeof value !== 'object') return 1;
  return Object.values(value as Readonly<Record<string, ModelValue>>).reduce<number>(
    (sum, each) => sum + knownLeaves(each),
    0,
  );
}
