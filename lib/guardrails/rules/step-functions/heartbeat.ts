import { rule } from '../../rule';
import { definitionOf, isUnknown, machineWith, TASK } from './definition';

/** Heartbeats that come after the time-out. */
export const heartbeat = rule('aws_sfn_state_machine', {
  id: 'SFN003',
  title: 'Heartbeat that is not shorter than the time-out',
  severity: 'error',
  why: 'Step Functions rejects the definition.',
  fix: 'Set HeartbeatSeconds below TimeoutSeconds.',
  check: (machine) => {
    const definition = definitionOf(machine);
    if (isUnknown(definition)) return definition;
    return definition.states
      .map(({ subject }) => ({
        beat: subject.value('HeartbeatSeconds'),
        limit: subject.value('TimeoutSeconds'),
      }))
      .filter(
        ({ beat, limit }) =>
          typeof beat.value === 'number' && typeof limit.value === 'number' && beat.value >= limit.value,
      )
      .map(({ beat, limit }) => beat.must(`be less than TimeoutSeconds (${limit.text})`));
  },
  passes: [machineWith({ ...TASK, HeartbeatSeconds: 30 })],
  fails: [machineWith({ ...TASK, HeartbeatSeconds: 60 })],
});
