import { ROTATION_ERRORS, type AwsRotation } from '../../lib/contracts/rotation';
import { Failure } from '../shared/http/failure';
import type { Consumers } from './consumers';
import type { RotationLog } from './log';
import type { RotationHooks } from './hooks';
import { password } from './password';
import { STAGES, type SecretsManager, type Stages } from './secrets-manager';

/** Event of Secrets Manager. https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html */
export interface AwsStep {
  readonly step: 'createSecret' | 'setSecret' | 'testSecret' | 'finishSecret';
  readonly secret: string;
  readonly version: string;
}

/** The four steps of Secrets Manager. Each may be called twice, also after an interruption. */
export class AwsRotator {
  constructor(
    private readonly rotation: AwsRotation,
    private readonly secrets: SecretsManager,
    private readonly owner: RotationHooks,
    private readonly consumers: Consumers | undefined,
    private readonly log: RotationLog,
    private readonly now: () => number,
  ) {}

  async run({ step, secret, version }: AwsStep): Promise<void> {
    const stages = await this.secrets.stages();
    const isPending = stages.pending === version;
    if (stages.current === version && !isPending) return;
    if (step === 'createSecret') return this.create(version, stages);
    if (!isPending) throw notPending(version);
    // After it became current it may be set again, and consumers may still have the one before.
    const previousVersion = (stages.current === version ? stages.previous : stages.current) ?? null;
    const hookRequest = { secret, version, previousVersion };
    switch (step) {
      case 'setSecret':
        return this.orGiveUp(version, stages, () => this.owner.set(hookRequest));
      case 'testSecret':
        return this.orGiveUp(version, stages, () => this.owner.test(hookRequest));
      case 'finishSecret':
        return this.finish(version, stages);
    }
  }

  /** Secrets Manager retries a failed rotation from the first step; the version then has a value. */
  private async create(version: string, { current, pending }: Stages): Promise<void> {
    if (pending !== undefined && pending !== version && pending !== current) throw notPending(version);
    const done =
      current === version ? 'was there' : await this.secrets.put(version, password(this.rotation.value));
    if (done === 'was there' && pending === undefined) {
      await this.secrets.move(STAGES.pending, undefined, version);
    }
    this.log.step(done, { version });
  }

  /**
   * Removes the label AWSPENDING after a failure, because it would prevent the next rotation. The first value is also
   * the current one: its label stays and shows that the value is not accepted yet.
   */
  private async orGiveUp(version: string, { current }: Stages, ask: () => Promise<void>): Promise<void> {
    try {
      await ask();
    } catch (error) {
      if (current === version) throw error;
      await this.secrets.move(STAGES.pending, version, undefined);
      this.log.step('stopped', { version });
      throw error;
    }
  }

  private async finish(version: string, { current }: Stages): Promise<void> {
    if (current !== version) await this.secrets.move(STAGES.current, current, version);
    this.log.step('moved', { version, previous: current });
    await this.consumers?.restart(version, new Date(this.now()).toISOString());
    await this.secrets.move(STAGES.pending, version, undefined);
  }
}

function notPending(version: string): Failure {
  return new Failure(ROTATION_ERRORS.NOT_PENDING, `The version ${version} is not the pending one.`);
}
