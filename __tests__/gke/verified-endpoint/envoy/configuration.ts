import { resource } from '../../../synth';
import { stackWith, type Props } from '../fixtures';

/** A part of the configuration of Envoy. */
export type Part = Readonly<Record<string, unknown>>;

interface Named {
  readonly name: string;
  readonly typed_config: Part;
}

interface Listener {
  readonly name: string;
  readonly filter_chains: readonly [{ readonly filters: readonly [Named] }];
}

interface Bootstrap extends Part {
  readonly static_resources: {
    readonly listeners: readonly Listener[];
    readonly clusters: readonly (Part & { readonly name: string })[];
  };
}

/** The synthesized `envoy.yaml` of an endpoint. */
export function configuration(props: Props = {}): Bootstrap {
  const { data } = resource(stackWith(props), 'kubernetes_config_map_v1');
  return JSON.parse((data as unknown as Record<string, string>)['envoy.yaml']!) as Bootstrap;
}

export function listener(name: 'verified' | 'drain', props: Props = {}): Listener {
  return configuration(props).static_resources.listeners.find((each) => each.name === name)!;
}

/** The HTTP connection manager of a listener. */
export function manager(name: 'verified' | 'drain', props: Props = {}): Part {
  return listener(name, props).filter_chains[0].filters[0].typed_config;
}

/** The HTTP filters of a listener, in order. */
export function filters(name: 'verified' | 'drain', props: Props = {}): readonly Named[] {
  return manager(name, props).http_filters as readonly Named[];
}

/** The settings of one HTTP filter of the listener for callers. */
export function filter(name: string, props: Props = {}): Part {
  return filters('verified', props).find((each) => each.name === name)!.typed_config;
}
