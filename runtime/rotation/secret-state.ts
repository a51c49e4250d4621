import { SECRET_ALIASES, SECRET_ANNOTATIONS, type GoogleRotation } from '../../lib/contracts/rotation';

export interface Version {
  readonly number: string;
  readonly enabled: boolean;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly etag: string;
}

/** All that is known of a secret but its values. */
export interface SecretState {
  readonly etag: string;
  readonly aliases: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly versions: readonly Version[];
}

type Marks = Pick<SecretState, 'aliases' | 'annotations'>;

const { current, previous, pending } = SECRET_ALIASES;
const { rotatedAt, givenUpAt, lastRun, restartedFor: restarted } = SECRET_ANNOTATIONS;

const DAY = 86_400_000;

/** Longer than any run: a version of a concurrent run is younger, so it does not count as abandoned. */
const LEFT_OVER = 3_600_000;

/** The version that an alias names, if it can be read. */
export function named(state: SecretState, alias: string): Version | undefined {
  return state.versions.find(({ number, enabled }) => enabled && number === state.aliases[alias]);
}

/** Whether a new value is due. After a failed value the next is due a day later. */
export function isDue(state: SecretState, { rotationSeconds }: GoogleRotation, now: number): boolean {
  const givenUp = Date.parse(state.annotations[givenUpAt] ?? '');
  if (now - givenUp < DAY) return false;
  return named(state, current) === undefined || now - lastMove(state) >= rotationSeconds * 1000;
}

/** Whether the version before has been kept for as long as it should be. */
export function isPreviousOver(
  state: SecretState,
  { previousVersionGraceSeconds: previousVersionGraceSeconds }: GoogleRotation,
  now: number,
): boolean {
  return state.aliases[previous] !== undefined && now - lastMove(state) >= previousVersionGraceSeconds * 1000;
}

/** Whether any alias names a version. */
export function isNamed(
  { aliases }: Pick<SecretState, 'aliases'>,
  { number }: Pick<Version, 'number'>,
): boolean {
  return Object.values(aliases).includes(number);
}

/** Versions that no alias names: of runs that were broken off between two requests. */
export function leftOver(state: SecretState, now: number): readonly Version[] {
  if (named(state, current) === undefined) return [];
  return state.versions.filter(
    (version) => version.enabled && !isNamed(state, version) && now - version.created >= LEFT_OVER,
  );
}

/** Whether a run has already moved or abandoned a version. */
export function isDoneBy(state: SecretState, run: string): boolean {
  return state.annotations[lastRun] === run;
}

export function claimed({ aliases, annotations }: SecretState, version: string): Marks {
  return { aliases: { ...aliases, [pending]: version }, annotations };
}

export function moved({ aliases, annotations }: SecretState, run: string, now: number): Marks {
  const { [pending]: next, [current]: last } = aliases;
  return {
    aliases: {
      ...without(aliases, pending, previous),
      ...(next !== undefined && { [current]: next }),
      ...(last !== undefined && { [previous]: last }),
    },
    annotations: { ...without(annotations, givenUpAt), [rotatedAt]: timeOf(now), [lastRun]: run },
  };
}

export function givenUp({ aliases, annotations }: SecretState, run: string, now: number): Marks {
  return {
    aliases: without(aliases, pending),
    annotations: { ...annotations, [givenUpAt]: timeOf(now), [lastRun]: run },
  };
}

export function isRestartedFor({ annotations }: SecretState, version: string): boolean {
  return annotations[restarted] === version;
}

export function restartedFor({ aliases, annotations }: SecretState, version: string): Marks {
  return { aliases, annotations: { ...annotations, [restarted]: version } };
}

export function withoutPrevious({ aliases, annotations }: SecretState): Marks {
  return { aliases: without(aliases, previous), annotations };
}

/** Time of the last rotation; the creation time of the version if the annotation is missing. */
function lastMove(state: SecretState): number {
  const noted = Date.parse(state.annotations[rotatedAt] ?? '');
  return Number.isNaN(noted) ? (named(state, current)?.created ?? 0) : noted;
}

const timeOf = (now: number) => new Date(now).toISOString();

function without(from: Readonly<Record<string, string>>, ...names: string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(from).filter(([name]) => !names.includes(name)));
}
