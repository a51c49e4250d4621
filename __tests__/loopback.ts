import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Starts a server of HTTP or HTTPS at a free port of the loopback interface. */
export async function listen(server: Pick<Server, 'listen'>): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
}

/** Stops a server, and closes the connections that its clients keep. */
export async function close(server: Pick<Server, 'close' | 'closeAllConnections'>): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

/** `127.0.0.1:PORT` of a server that listens. */
export function hostOf(server: Pick<Server, 'address'>): string {
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
