import type { AccessEdge } from '../graph/edge';
import type { AccessNode, AccessNodeKind } from '../graph/node';

const WORDS: Readonly<Record<AccessNodeKind, string>> = {
  'aws.account': 'AWS account',
  'aws.eventSource': 'event source',
  'aws.federatedProvider': 'identity provider',
  'aws.function': 'function',
  'aws.group': 'group',
  'aws.principal': 'principal',
  'aws.resource': 'resource',
  'aws.role': 'role',
  'aws.service': 'service',
  'aws.stateMachine': 'state machine',
  'aws.user': 'user',
  'ci.identity': 'external identity',
  'google.member': 'member',
  'google.pool': 'pool',
  'google.provider': 'workload identity provider',
  'google.resource': 'resource',
  'google.serviceAccount': 'Google service account',
  'kubernetes.namespace': 'namespace',
  'kubernetes.resource': 'resource',
  'kubernetes.serviceAccount': 'Kubernetes service account',
  'kubernetes.subject': 'Kubernetes subject',
  'kubernetes.workload': 'workload',
};

/** Name of a node with the word for its kind, which "any principal" and "every resource" have. */
export function nodeText({ kind, label }: AccessNode): string {
  return /^(any|every) /.test(label) ? label : `${WORDS[kind]} ${label}`;
}

/** An edge as a sentence. Names are as in the configuration: output must escape them. */
export function edgeSentence(edge: AccessEdge, from: AccessNode, to: AccessNode): string {
  const verb = edge.possible ? 'may ' : '';
  return `${nodeText(from)} ${verb}${actionOf(edge, nodeText(to), edge.possible === true)}.`;
}

function actionOf({ kind, effect, permissions, role }: AccessEdge, to: string, isPossible: boolean): string {
  const s = isPossible ? '' : 's';
  switch (kind) {
    case 'assumes':
      return effect === 'deny'
        ? 'must not become '.concat(to)
        : `become${s} ${to}${role ? ` by ${role}` : ''}`;
    case 'federates':
      return `present${s} a token that is accepted as ${to}`;
    case 'is':
      return isPossible ? `be ${to}` : `is ${to}`;
    case 'runsAs':
      return `run${s} as ${to}`;
    case 'starts':
      return `start${s} ${to}`;
    case 'grants': {
      const what = [role, permissions.length > 0 ? permissions.join(', ') : undefined]
        .filter(Boolean)
        .join(': ');
      const verb = effect === 'deny' ? (isPossible ? 'lack' : 'must not have') : isPossible ? 'have' : 'has';
      return `${verb} ${what || 'access'} on ${to}`;
    }
  }
}
