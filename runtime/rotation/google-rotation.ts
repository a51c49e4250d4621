import { ROTATION_ERRORS, SECRET_ALIASES, type GoogleRotation } from '../../lib/contracts/rotation';
import { Failure } from '../shared/http/failure';
import type { Consumers } from './consumers';
import type { RotationLog } from './log';
import type { RotationHooks } from './hooks';
import { password } from './password';
import { ChangedMeanwhile, type SecretManager } from './secret-manager';
import {
  claimed,
  givenUp,
  isDoneBy,
  isDue,
  isNamed,
  isPreviousOver,
  isRestartedFor,
  leftOver,
  moved,
  named,
  restartedFor,
  withoutPrevious,
  type SecretState,
  type Version,
} from './secret-state';

const { current, previous, pending } = SECRET_ALIASES;

const MOST_READINGS = 4;

/** Result of a run. */
export interface GoogleOutcome {
  readonly outcome: 'rotated' | 'nothing to do';
  /** The version that consumers have. */
  readonly current: string | null;
}

/** One run over a secret. */
export interface GoogleRun {
  readonly id: string;
  /** Whether a new value is wanted although it is not time for one. */
  readonly now: boolean;
}

/**
 * Takes a secret from any state to the next:
 *
 *   add a version -> alias `pending` -> set -> test -> alias `current` (and `previous`) -> disable the one before
 *
 * The secret alone keeps the state. Aliases change in one request, which fails when another request has changed the
 * secret. A version is disabled only after no alias names it. So a run may end at any point or overlap with another:
 * the next run continues, and `current` always names a tested version.
 */
export class GoogleRotator {
  constructor(
    private readonly rotation: GoogleRotation,
    private readonly secrets: SecretManager,
    private readonly owner: RotationHooks,
    private readonly consumers: Consumers | undefined,
    private readonly log: RotationLog,
    private readonly now: () => number,
  ) {}

  async run(run: GoogleRun): Promise<GoogleOutcome> {
    for (let readings = 1; ; readings += 1) {
      try {
        return await this.once(run);
      } catch (error) {
        if (!(error instanceof ChangedMeanwhile)) throw error;
        if (readings === MOST_READINGS) {
          throw new Failure(ROTATION_ERRORS.CONFLICT, 'Others changed the secret all the time.');
        }
      }
    }
  }

  private async once(run: GoogleRun): Promise<GoogleOutcome> {
    let state = await this.tidy(await this.secrets.read());
    if (named(state, pending) === undefined) {
      const wanted = run.now && !isDoneBy(state, run.id);
      if (!wanted && !isDue(state, this.rotation, this.now())) {
        return this.outcome('nothing to do', await this.restarted(state));
      }
      state = await this.begin(state);
    }
    state = await this.proved(state, run);
    const version = state.aliases[pending];
    state = await this.secrets.write(state, moved(state, run.id, this.now()));
    this.log.step('moved', { version, previous: state.aliases[previous] });
    return this.outcome('rotated', await this.restarted(await this.tidy(state)));
  }

  /** Restarts the consumers once per version: the time of the version makes a repeated restart a no-op. */
  private async restarted(state: SecretState): Promise<SecretState> {
    const version = named(state, current);
    if (this.consumers === undefined || version === undefined) return state;
    if (isRestartedFor(state, version.number)) return state;
    await this.consumers.restart(version.number, new Date(version.created).toISOString());
    return this.secrets.write(state, restartedFor(state, version.number));
  }

  private outcome(outcome: GoogleOutcome['outcome'], { aliases }: SecretState): GoogleOutcome {
    return { outcome, current: aliases[current] ?? null };
  }

  /** A version that no other run works on. */
  private async begin(state: SecretState): Promise<SecretState> {
    const made = await this.secrets.add(password(this.rotation.value));
    const { number } = made;
    this.log.step('added', { version: number });
    try {
      const next = await this.secrets.write(state, claimed(state, number));
      return { ...next, versions: [...next.versions, made] };
    } catch (error) {
      if (error instanceof ChangedMeanwhile) await this.drop(number);
      throw error;
    }
  }

  /** Another run was faster, unless it was this one and the answer was lost. */
  private async drop(number: string): Promise<void> {
    if (!isNamed(await this.secrets.read(), { number })) await this.secrets.disable({ number });
  }

  private async proved(state: SecretState, run: GoogleRun): Promise<SecretState> {
    const { [pending]: version = '' } = state.aliases;
    const { secret } = this.rotation;
    const hookRequest = { secret, version, previousVersion: state.aliases[current] ?? null };
    try {
      await this.owner.set(hookRequest);
      await this.owner.test(hookRequest);
      return state;
    } catch (error) {
      await this.giveUpLate(state, run);
      throw error;
    }
  }

  /** Within the time for tests a version stays pending, and the next run tries it again. */
  private async giveUpLate(state: SecretState, run: GoogleRun): Promise<void> {
    const version = pendingVersion(state);
    if (this.now() - version.created < this.rotation.retryWindowSeconds * 1000) return;
    await this.secrets.write(state, givenUp(state, run.id, this.now()));
    await this.secrets.disable({ number: version.number });
    this.log.step('stopped', { version: version.number });
  }

  private async tidy(state: SecretState): Promise<SecretState> {
    let tidied = state;
    if (isPreviousOver(state, this.rotation, this.now())) {
      const last = named(state, previous);
      tidied = await this.secrets.write(state, withoutPrevious(state));
      // A user may have returned to it.
      if (last !== undefined && !isNamed(tidied, last)) await this.disable(last);
    }
    for (const version of leftOver(tidied, this.now())) await this.disable(version);
    return tidied;
  }

  private async disable(version: Version): Promise<void> {
    await this.secrets.disable(version);
    this.log.step('disabled', { version: version.number });
  }
}

/** The pending version, which the caller has claimed before. */
function pendingVersion(state: SecretState): Version {
  const version = named(state, pending);
  if (version === undefined) throw new Error(`The secret has no version with the alias "${pending}".`);
  return version;
}
