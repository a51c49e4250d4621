/** A part of Envoy's configuration, in the names of its API. https://www.envoyproxy.io/docs/envoy/latest/api-v3/api */
export type Envoy = Readonly<Record<string, unknown>>;

/** A part that names its own type. */
export function typed(type: string, config: Envoy = {}): Envoy {
  return { '@type': `type.googleapis.com/${type}`, ...config };
}

/** A duration as Envoy writes it. */
export function seconds(count: number): string {
  return `${count}s`;
}
