import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sendOnce } from '../../../../runtime/shared/http/http';

let server: Server | undefined;
afterEach(() => server?.closeAllConnections());
afterEach(() => new Promise((resolve) => server?.close(resolve)));

async function asked(listener: RequestListener, milliseconds: number) {
  server = createServer(listener);
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return sendOnce({ method: 'GET', url, headers: {} }, milliseconds);
}

test('a server that does not answer is left after the time of a try', async () => {
  await expect(asked(() => undefined, 50)).rejects.toMatchObject({ name: 'AbortError' });
});

test('a server that stops in the middle of an answer is left too', async () => {
  const half: RequestListener = (_, response) =>
    response.writeHead(200, { 'content-length': '9' }).write('half');
  await expect(asked(half, 50)).rejects.toMatchObject({ name: 'AbortError' });
});

test('an answer cut short is no answer', async () => {
  const cut: RequestListener = (request, response) => {
    response.writeHead(200, { 'content-length': '9' }).write('half', () => request.socket.destroy());
  };
  await expect(asked(cut, 5_000)).rejects.toMatchObject({ code: 'ECONNRESET' });
});
