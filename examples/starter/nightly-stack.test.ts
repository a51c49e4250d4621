import { Testing } from 'cdktf';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NightlyStack } from './nightly-stack';

interface Configuration {
  readonly resource: {
    readonly aws_sfn_state_machine: Readonly<Record<string, { readonly name: string }>>;
    readonly aws_scheduler_schedule: Readonly<Record<string, { readonly schedule_expression: string }>>;
  };
}

test('the state machine starts every night at three', () => {
  const { resource } = JSON.parse(
    Testing.synth(new NightlyStack(Testing.app(), 'nightly'), true),
  ) as Configuration;
  const names = Object.values(resource.aws_sfn_state_machine).map(({ name }) => name);
  assert.ok(names.includes('nightly'));
  const [schedule] = Object.values(resource.aws_scheduler_schedule);
  assert.equal(schedule?.schedule_expression, 'cron(0 3 * * ? *)');
});
