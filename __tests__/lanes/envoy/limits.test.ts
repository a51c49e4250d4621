import { Agent } from 'node:http';
import { connect as connectHttp2, type Settings } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { EndpointLane, withEnvoy } from './endpoint-lane';
import { google, googleKey } from './issuers';
import { Loopback, send } from './servers';
import { token } from './tokens';

const lane = new EndpointLane();

withEnvoy('a real Envoy with the synthesized configuration', () => {
  beforeAll(() => lane.start());
  afterAll(() => lane.stop());
  beforeEach(() => (lane.seen.length = 0));

  test('the service gets no more requests at once than concurrentRequests', async () => {
    let [open, most] = [0, 0];
    const slow = await lane.keep(
      Loopback.start((_, response) => {
        most = Math.max(most, ++open);
        setTimeout(() => response.end('a book', () => (open -= 1)), 500);
      }),
    );
    const { port } = await lane.envoyWith(
      'concurrent',
      { limits: { concurrentRequests: 1 } },
      { service: slow.port },
    );
    const bearer = token(googleKey, google());
    const answers = await Promise.all(Array.from({ length: 5 }, () => lane.ask(bearer, {}, port)));
    const count = (wanted: number) => answers.filter(({ status }) => status === wanted).length;
    expect(most).toBe(1);
    expect(count(200) + count(503)).toBe(5);
    // A second request may wait for the connection of the first.
    expect([1, 2]).toContain(count(200));
  });

  test('a connection is closed after requestsPerConnection requests', async () => {
    const { port } = await lane.envoyWith('connections', { limits: { requestsPerConnection: 2 } });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const sockets = new Set<Socket>();
    const headers = { authorization: `Bearer ${token(googleKey, google())}` };
    for (let call = 0; call < 4; call++) {
      const { status } = await send({ port, path: '/', agent, headers });
      expect(status).toBe(200);
      Object.values(agent.freeSockets).forEach((free) => free?.forEach((socket) => sockets.add(socket)));
    }
    agent.destroy();
    expect(lane.seen).toHaveLength(4);
    // The first and the third request leave their connections open.
    expect(sockets.size).toBe(2);
  });

  test('a client of HTTP/2 has 100 streams with 64 KiB each', async () => {
    const session = connectHttp2(`http://127.0.0.1:${lane.main.port}`);
    const settings = await new Promise<Settings>((done, failed) => {
      session.once('remoteSettings', done).once('error', failed);
    });
    session.destroy();
    expect(settings).toMatchObject({ maxConcurrentStreams: 100, initialWindowSize: 65_536 });
  });

  test('408 for headers that take longer than 10 seconds, and for a body that takes longer than 30', async () => {
    const bearer = `authorization: Bearer ${token(googleKey, google())}`;
    const began = 'POST / HTTP/1.1\r\nhost: books\r\n';
    const [headers, body] = await Promise.all([
      answerTo(lane.main.port, began),
      answerTo(lane.main.port, `${began}${bearer}\r\ncontent-length: 9\r\n\r\nbook`),
    ]);
    expect(headers.text).toMatch(/^HTTP\/1.1 408 /);
    expect(headers.afterSeconds).toBeGreaterThan(9);
    expect(headers.afterSeconds).toBeLessThan(25);
    expect(body.text).toMatch(/^HTTP\/1.1 408 /);
    expect(body.afterSeconds).toBeGreaterThan(29);
    expect(body.afterSeconds).toBeLessThan(45);
    await sleep(100);
    expect(lane.seen).toEqual([]);
  });
});

/** Sends a part of a request, and waits for the answer of Envoy. */
function answerTo(port: number, part: string): Promise<{ text: string; afterSeconds: number }> {
  const asked = Date.now();
  return new Promise((done, failed) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(part));
    socket.once('error', failed).once('data', (data: Buffer) => {
      socket.destroy();
      done({ text: data.toString(), afterSeconds: (Date.now() - asked) / 1_000 });
    });
  });
}
