import {
  CERTIFICATE_FOLDER,
  CONFIGURATION_FOLDER,
} from '../../../lib/gke/verified-endpoint/envoy/certificate';
import { PUBLIC_AUTHORITIES } from '../../../lib/gke/verified-endpoint/envoy/clusters';

/** Where things are on this machine. */
export interface Places {
  readonly folder: string;
  readonly certificateFolder: string;
  readonly authorities: string;
  /** Ports by the name of the listener or cluster. */
  readonly ports: Readonly<Record<string, number>>;
}

interface Addressed {
  readonly name: string;
  readonly address?: { socket_address: { address: string; port_value: number } };
  readonly load_assignment?: {
    readonly endpoints: readonly {
      readonly lb_endpoints: readonly { readonly endpoint: Required<Pick<Addressed, 'address'>> }[];
    }[];
  };
}

/** The files of the ConfigMap with addresses, ports and paths of this machine, and nothing else changed. */
export function onLoopback(files: Readonly<Record<string, string>>, places: Places): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => {
      const moved = text
        .replaceAll(CERTIFICATE_FOLDER, places.certificateFolder)
        .replaceAll(`${CONFIGURATION_FOLDER}/`, `${places.folder}/`)
        .replaceAll(PUBLIC_AUTHORITIES, places.authorities);
      return [name, name === 'envoy.yaml' ? readdressed(moved, places.ports) : moved];
    }),
  );
}

function readdressed(text: string, ports: Places['ports']): string {
  const configuration = JSON.parse(text) as {
    static_resources: { listeners: Addressed[]; clusters: Addressed[] };
  };
  const { listeners, clusters } = configuration.static_resources;
  for (const part of [...listeners, ...clusters]) {
    const port = ports[part.name];
    if (port === undefined) throw new Error(`${part.name}: no port of this machine is given for it`);
    const address = part.address ?? part.load_assignment!.endpoints[0]!.lb_endpoints[0]!.endpoint.address;
    address.socket_address = { address: '127.0.0.1', port_value: port };
  }
  return JSON.stringify(configuration);
}
