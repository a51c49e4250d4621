import type { ResourceIndex } from '../../resource-index';
import { rule } from '../../rule';
import { fail, pass } from '../../verdict';
import { referencesIn } from '../../../model/values/value';

const MACHINE = /^(.*:stateMachine:[^:]+)$/;

/** Addresses of machines that have an alias. */
function machinesWithAlias(index: ResourceIndex): ReadonlySet<string> {
  return new Set(
    index
      .ofType('aws_sfn_alias')
      .flatMap(({ stack, values }) => referencesIn(values).map(({ address }) => `${stack} ${address}`)),
  );
}

const alias = {
  aws_sfn_state_machine: { etl: { name: 'etl', definition: '{}' } },
  aws_sfn_alias: {
    live: {
      name: 'live',
      routing_configuration: [
        { state_machine_version_arn: '${aws_sfn_state_machine.etl.state_machine_version_arn}', weight: 100 },
      ],
    },
  },
};
const target = (arn: string) => ({
  aws_cloudwatch_event_target: { x: { rule: 'r', arn, dead_letter_config: { arn: 'q' } } },
});

/** Triggers that start the latest definition although the machine has an alias. */
export const bypassedAlias = rule(
  ['aws_cloudwatch_event_target', 'aws_scheduler_schedule', 'aws_pipes_pipe'],
  {
    id: 'SFN015',
    title: 'Trigger that bypasses the alias of a state machine',
    severity: 'warning',
    why: 'The trigger starts the latest definition, so that a rollback of the alias does not change what it starts.',
    fix: 'Use the ARN of the alias as the target.',
    controls: ['SOC 2 CC8.1'],
    check: (trigger) => {
      const arns = ['arn', 'target.arn', 'target']
        .map((path) => trigger.value(path))
        .filter(({ value }) => value !== undefined);
      const withAlias = trigger.index.derive('machines with an alias', machinesWithAlias);
      const names = new Map(
        trigger.index
          .ofType('aws_sfn_state_machine')
          .filter(({ stack, address }) => withAlias.has(`${stack} ${address}`))
          .map(({ values, address }) => [values.name, address]),
      );
      const bypasses = arns.some(({ value, text }) => {
        const [reference] = referencesIn(value);
        if (reference?.attribute === 'arn' && withAlias.has(`${trigger.resource.stack} ${reference.address}`))
          return true;
        return MACHINE.test(text) && names.has(text.split(':').at(-1) ?? '');
      });
      return bypasses
        ? fail('The target is the state machine and not its alias.', { property: 'arn' })
        : pass;
    },
    passes: [{ resource: { ...alias, ...target('${aws_sfn_alias.live.arn}') } }],
    fails: [
      { resource: { ...alias, ...target('${aws_sfn_state_machine.etl.arn}') } },
      { resource: { ...alias, ...target('arn:aws:states:eu-west-1:123456789012:stateMachine:etl') } },
    ],
  },
);
