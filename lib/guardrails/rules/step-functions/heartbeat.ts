import { rule } from '../../rule';
import { when } from '../../verdict';
import { compared, machineWith, ofEachState, TASK } from './definition';

/** Heartbeats that come after the time-out. */
export const heartbeat = rule('aws_sfn_state_machine', {
  id: 'SFN003',
  title: 'Heartbeat that is not shorter than the time-out',
  severity: 'error',
  why: 'Step Functions rejects the definition.',
  fix: 'Set HeartbeatSeconds below TimeoutSeconds.',
  check: (machine) =>
    ofEachState(machine, ({ subject }) => {
      const beat = subject.value('HeartbeatSeconds');
      const limit = subject.value('TimeoutSeconds');
      return when(
        compared(beat, limit, (seconds, most) => seconds >= most),
        beat.must(`be less than TimeoutSeconds (${limit.text})`),
      );
    }),
  passes: [machineWith({ ...TASK, HeartbeatSeconds: 30 })],
  fails: [machineWith({ ...TASK, HeartbeatSeconds: 60 })],
});
