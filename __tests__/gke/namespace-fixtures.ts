import { type TerraformStack } from 'cdktf';
import { IsolatedNamespace } from '../../lib/gke/isolated-namespace';
import type { IsolatedNamespaceProps } from '../../lib/gke/isolated-namespace-props';
import { resources, type Json } from '../synth';

export type Props = Partial<Record<keyof IsolatedNamespaceProps, unknown>>;

export const namespace = (stack: TerraformStack, props: Props = {}, id = 'namespace') =>
  new IsolatedNamespace(stack, id, { name: 'books', ...props } as IsolatedNamespaceProps);

export function policy(stack: TerraformStack, name: string): Json {
  const found = resources(stack, 'kubernetes_network_policy_v1').filter(({ metadata }) =>
    Object.is(metadata!.name, name),
  );
  expect(found).toHaveLength(1);
  return found[0]!.spec!;
}
