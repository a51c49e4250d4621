import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { sendOnce, type HttpRequest } from '../../../../runtime/shared/http/http';

let server: Server;
let sockets: Set<Socket>;
let respond: () => 'answer' | 'reset' | 'silence';

beforeEach(async () => {
  sockets = new Set();
  respond = () => 'answer';
  server = createServer((request, response) => {
    sockets.add(request.socket);
    const outcome = respond();
    if (outcome === 'reset') return void request.resume().on('end', () => request.socket.destroy());
    if (outcome === 'answer') response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
const post = (overrides: Partial<HttpRequest> = {}, milliseconds = 5_000) =>
  sendOnce(
    { method: 'POST', url: url(), headers: {}, body: '{}', idempotent: false, ...overrides },
    milliseconds,
  );

test('a request that must not be repeated is sent on a connection of its own', async () => {
  await post();
  await post();
  expect(sockets.size).toBe(2);
});

test('a reset after the request was sent says that the outcome is unknown', async () => {
  respond = () => 'reset';
  await expect(post()).rejects.toMatchObject({ code: 'ECONNRESET', wasSent: true });
});

test('a time-out after the request was sent says so too', async () => {
  respond = () => 'silence';
  await expect(post({}, 200)).rejects.toMatchObject({ name: 'AbortError', wasSent: true });
});

test('a connection that is refused says that nothing was sent', async () => {
  await expect(post({ url: 'http://127.0.0.1:1/' })).rejects.toMatchObject({
    code: 'ECONNREFUSED',
    wasSent: false,
  });
});

test('a host without an address says that nothing was sent', async () => {
  await expect(post({ url: 'https://no-such-host.invalid/' })).rejects.toMatchObject({ wasSent: false });
});
