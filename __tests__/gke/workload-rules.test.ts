import { problems, refusal, testStack } from '../synth';
import { type Props, workload } from './workload-fixtures';

describe('bad input', () => {
  test.each<[string, Props, string]>([
    [
      'a name in capitals',
      { name: 'Web' },
      'name must have 1 to 63 lower-case letters, digits and hyphens, start with a letter and end with a letter or digit (got "Web"). Use "web".',
    ],
    ['port 0', { port: 0 }, 'port must be a whole number from 1 to 65535 (got 0). Use at least 1.'],
    [
      'port 65536',
      { port: 65_536 },
      'port must be a whole number from 1 to 65535 (got 65536). Use at most 65535.',
    ],
    ['root', { userId: 0 }, 'userId must be a whole number from 1 to 4294967294 (got 0). Use at least 1.'],
    [
      'replicas and autoscaling',
      { replicas: 2, autoscaling: { minReplicas: 1, maxReplicas: 2 } },
      'replicas must be omitted when autoscaling is set (got 2). Omit one of the two.',
    ],
    [
      'more pods at least than at most',
      { autoscaling: { minReplicas: 3, maxReplicas: 2 } },
      'autoscaling.minReplicas must not exceed maxReplicas (2) (got 3). Swap the two.',
    ],
    [
      'an autoscaler down to none',
      { autoscaling: { minReplicas: 0, maxReplicas: 2 } },
      'autoscaling.minReplicas must be a whole number from 1 to 1000 (got 0). Use at least 1.',
    ],
    [
      'a label that is the workload’s own',
      { labels: { 'app.kubernetes.io/name': 'x' } },
      'labels must not be "app.kubernetes.io/name", which the Workload sets to its name (got {"app.kubernetes.io/name":"x"}). Omit it.',
    ],
    [
      'memory in MB',
      { resources: { memory: '512MB' } },
      'resources.memory must be a quantity, for example "250m" for CPU or "512Mi" for memory (got "512MB"). Use "512Mi".',
    ],
    [
      'an environment variable that begins with a digit',
      { environment: { '1A': 'x' } },
      'the name "1A" in environment must have only letters, digits, "_", "-" and "." (got "1A").',
    ],
    [
      'a number in the environment',
      { environment: { PORT: 80 } },
      'environment["PORT"] must be a string (got 80). Write "80".',
    ],
    [
      'a path without a slash',
      { probe: { path: 'healthz' } },
      'probe.path must start with "/" (got "healthz"). Use "/healthz".',
    ],
    [
      'a path for liveness alone',
      { probe: { livenessPath: '/alive' } },
      'probe.livenessPath must be omitted when probe.path is omitted (got "/alive"). Set probe.path for the other probes.',
    ],
    [
      'a pull policy that never pulls',
      { imagePullPolicy: 'Never' },
      'imagePullPolicy must be one of "Always", "IfNotPresent" (got "Never").',
    ],
    [
      'a toleration of every value with a value',
      { tolerations: [{ key: 'dedicated', operator: 'Exists', value: 'training' }] },
      'tolerations[0].value must be omitted when operator is "Exists" (got "training"). Omit it, or use "Equal".',
    ],
    [
      'an effect as a node pool writes it',
      { tolerations: [{ key: 'dedicated', value: 'training', effect: 'NO_SCHEDULE' }] },
      'tolerations[0].effect must be one of "NoSchedule", "PreferNoSchedule", "NoExecute" (got "NO_SCHEDULE"). Use "NoSchedule".',
    ],
    ['no command', { command: [] }, 'command must be a list of at least 1 item (got []). Add an item.'],
    [
      'the name of an identity instead of the identity',
      { identity: 'reader' },
      'identity must be the identity of a Kubernetes service account, for example a WorkloadIdentityBinding (got "reader").',
    ],
    [
      'a Google service account instead of the identity',
      { identity: { email: 'a' } },
      'identity must be the identity of a Kubernetes service account, for example a WorkloadIdentityBinding (got {"email":"a"}).',
    ],
    [
      'an option of another tool',
      { hostNetwork: true },
      expect.stringContaining('hostNetwork is not a property. The properties are: name, identity,') as never,
    ],
  ] as [string, Props, string][])('%s is refused', (_, props, message) => {
    const stack = testStack();
    const found = refusal(() => workload(props, stack));
    expect(found.message.replace('prod/web: ', '')).toEqual(message);
    expect(stack.node.tryFindChild('web')).toBeUndefined();
  });

  test('an object that only looks like an identity is refused, not stumbled over', () => {
    const identity = { serviceAccountName: 'reader', namespace: 'books' };
    expect(refusal(() => workload({ identity })).path).toBe('prod/web');
  });

  test('all of it comes in one error', () => {
    const bad = { name: 'Web', image: 'web:1', port: '80', replica: 3 } as Props;
    expect(Object.keys(problems(() => workload(bad)))).toEqual(['name', 'port', 'replica', 'image']);
  });
});
