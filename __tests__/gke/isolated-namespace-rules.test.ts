import { refusal, testStack } from '../synth';
import { type Props, namespace } from './namespace-fixtures';

describe('a namespace', () => {
  test.each<[string, Props, string]>([
    [
      'default',
      { name: 'default' },
      'name must not be "default", which exists in every cluster and cannot be isolated (got "default"). Use a dedicated namespace.',
    ],
    [
      'kube-system',
      { name: 'kube-system' },
      'name must not start with "kube-" or "gke-managed-", the prefixes of system namespaces (got "kube-system"). Use a dedicated namespace.',
    ],
    [
      'a key of a quota in camel case',
      { quota: { requestsCpu: '40' } },
      'the name "requestsCpu" in quota must be a key of a ResourceQuota, for example "requests.cpu" (got "requestsCpu"). Did you mean "requests.cpu"?',
    ],
    [
      'with memory in MB',
      { quota: { 'requests.memory': '512MB' } },
      'quota["requests.memory"] must be a quantity, for example "250m" for CPU or "512Mi" for memory (got "512MB"). Use "512Mi".',
    ],
    [
      'of a standard that does not exist',
      { podSecurity: 'Baseline' },
      'podSecurity must be one of "restricted", "baseline", "privileged" (got "Baseline"). Use "baseline".',
    ],
    [
      'with a misspelt property',
      { googleApi: 'none' } as Props,
      'googleApi is not a property. Did you mean "googleApis"?',
    ],
  ])('%s is refused', (_, props, message) => {
    const stack = testStack();
    expect(refusal(() => namespace(stack, props)).message).toBe(`prod/namespace: ${message}`);
    expect(stack.node.tryFindChild('namespace')).toBeUndefined();
  });
});
