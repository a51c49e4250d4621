import { nearest } from '../../core/names';
import { pathInResource } from '../edges/kubernetes-object';
import type { KubernetesObjects } from '../edges/kubernetes-rbac';
import type { AccessNode } from '../graph/node';
import { at, type LinkContext } from './context';
import type { Rejection } from './link';

/** Rejection of a service account that grants name and no stack declares. */
export function missingAccount(
  account: AccessNode,
  { serviceAccounts }: KubernetesObjects,
  { built, reach }: LinkContext,
): readonly Rejection[] {
  if (account.source !== undefined) return [];
  const [namespace = '', name = ''] = account.label.split('/');
  // An account without any access has the wrong name or the wrong namespace.
  const idle = serviceAccounts.filter((each) => {
    const label = `${each.namespace}/${each.name ?? ''}`;
    const id = built.nodes.find((node) => node.kind === account.kind && node.label === label)?.id;
    return id !== undefined && reach.from(id).length === 0;
  });
  const meant = nearest(
    account.label,
    idle.map((each) => `${each.namespace}/${each.name ?? ''}`),
  );
  const object = idle.find((each) => `${each.namespace}/${each.name ?? ''}` === meant);
  const cause = `No stack declares the service account ${account.label}, which grants name.`;
  if (object === undefined) {
    const stack = serviceAccounts[0]?.resource.stack;
    return [
      {
        stage: 'service account',
        cause,
        stack: stack ?? '',
        address: account.label,
        ...(stack !== undefined && {
          change: {
            kind: 'add',
            stack,
            type: 'kubernetes_service_account_v1',
            values: { metadata: { name, namespace } },
          },
        }),
        cost: 2,
      },
    ];
  }
  const field = object.namespace === namespace ? 'metadata.name' : 'metadata.namespace';
  return [
    {
      stage: 'service account',
      cause: `${cause} ${object.resource.address} declares ${meant ?? ''}.`,
      ...at(object.resource),
      change: {
        kind: 'set',
        ...at(object.resource),
        path: pathInResource(object, field),
        value: field === 'metadata.name' ? name : namespace,
      },
      cost: 1,
    },
  ];
}
