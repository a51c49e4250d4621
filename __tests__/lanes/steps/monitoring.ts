import { createServer, type Server } from 'node:http';
import { close, hostOf, listen } from '../../loopback';

interface Point {
  readonly at: string;
  readonly value: number;
}

/** Plays GetMetricData of CloudWatch by its wire format; the lane `test:aws` asks moto the same. */
export class Monitoring {
  /** Parameters of each request, in order. */
  public readonly asked: Record<string, string>[] = [];
  private reply = { status: 200, body: '' };
  private readonly server: Server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      this.asked.push(Object.fromEntries(new URLSearchParams(text)));
      const isSigned = /^AWS4-HMAC-SHA256 .*\/monitoring\/aws4_request/.test(
        request.headers.authorization ?? '',
      );
      const { status, body } = isSigned ? this.reply : error(403, 'MissingAuthenticationToken');
      response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
    });
  });

  public async start(): Promise<void> {
    await listen(this.server);
  }

  public async stop(): Promise<void> {
    await close(this.server);
  }

  public get url(): string {
    return `http://${hostOf(this.server)}`;
  }

  /** Has values, the newest first. */
  public has(points: readonly Point[], statusCode = 'Complete'): void {
    const members = (texts: readonly (string | number)[]) =>
      texts.map((text) => `<member>${text}</member>`).join('');
    this
      .says(`<GetMetricDataResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/"><GetMetricDataResult><MetricDataResults><member>
      <Id>reading</Id><Label>Backlog</Label>
      <Timestamps>${members(points.map(({ at }) => at))}</Timestamps>
      <StatusCode>${statusCode}</StatusCode>
      <Values>${members(points.map(({ value }) => value))}</Values>
    </member></MetricDataResults></GetMetricDataResult></GetMetricDataResponse>`);
  }

  public refuses(status: number, code: string): void {
    this.reply = error(status, code);
  }

  public says(body: string): void {
    this.reply = { status: 200, body };
  }
}

function error(status: number, code: string) {
  const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>said by CloudWatch</Message></Error></ErrorResponse>`;
  return { status, body };
}
