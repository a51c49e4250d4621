import { isComputed } from '../../../model/values/value';
import { Subject } from '../../subject';
import type { ResourceIndex } from '../../resource-index';
import { rule } from '../../rule';
import { any, fail, pass, unknown, when } from '../../verdict';
import { referencesIn } from '../../../model/values/value';

const MACHINE = /^(.*:stateMachine:[^:]+)$/;

interface Aliases {
  /** Stack and address of each machine that has an alias. */
  readonly machines: ReadonlySet<string>;
  /** Names of these machines. */
  readonly names: ReadonlySet<string>;
  /** Whether only Terraform knows the machine of an alias, or the name of such a machine. */
  readonly areOpen: boolean;
}

function aliasesOf(index: ResourceIndex): Aliases {
  const aliases = index.ofType('aws_sfn_alias');
  const machines = new Set(
    aliases.flatMap(({ stack, values }) => referencesIn(values).map(({ address }) => `${stack} ${address}`)),
  );
  const names = index
    .ofType('aws_sfn_state_machine')
    .filter(({ stack, address }) => machines.has(`${stack} ${address}`))
    .map((machine) => new Subject(machine, index).value('name'));
  const targets = aliases.map((alias) =>
    new Subject(alias, index).value('routing_configuration.state_machine_version_arn'),
  );
  return {
    machines,
    names: new Set(names.map(({ text }) => text)),
    areOpen:
      names.some(({ value }) => isComputed(value)) || targets.some(({ identity }) => identity === undefined),
  };
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
      const { machines, names, areOpen } = trigger.index.derive('aliases of machines', aliasesOf);
      const none = fail('The target is another resource, or an alias.');
      const isMachineWithAlias = arns.map((arn) => {
        const [reference] = referencesIn(arn.value);
        if (reference?.attribute === 'arn' && machines.has(`${trigger.resource.stack} ${reference.address}`))
          return pass;
        if (arn.identity === undefined) return machines.size > 0 || areOpen ? arn.unknown() : none;
        return MACHINE.test(arn.text) && names.has(arn.text.split(':').at(-1) ?? '') ? pass : none;
      });
      const isMachine = arns.some(
        ({ text }) => MACHINE.test(text) || /aws_sfn_state_machine\.[^.]+\.arn/.test(text),
      );
      return when(
        any(
          none,
          ...isMachineWithAlias,
          areOpen && isMachine ? unknown('The machine of an alias is known after apply.', 'arn') : none,
        ),
        fail('The target is the state machine and not its alias.', { property: 'arn' }),
      );
    },
    passes: [{ resource: { ...alias, ...target('${aws_sfn_alias.live.arn}') } }],
    fails: [
      { resource: { ...alias, ...target('${aws_sfn_state_machine.etl.arn}') } },
      { resource: { ...alias, ...target('arn:aws:states:eu-west-1:123456789012:stateMachine:etl') } },
    ],
  },
);
