import type { GateAnswer, MetricReading } from '../../lib/contracts/gates';
import { GATE_ERRORS } from '../../lib/contracts/gate-errors';
import type { LambdaEnvironment } from '../shared/federation/aws-session';
import { signed } from '../shared/federation/signed';
import { Failure } from '../shared/http/failure';
import type { HttpResponse } from '../shared/http/http';
import type { Send } from '../shared/http/retry';
import { truncate, redact } from '../shared/http/redact';

/** Clients and clock of a metric reading. */
export interface MetricSource {
  readonly home: LambdaEnvironment;
  readonly send: Send;
  readonly endpoint: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * The newest value of a metric.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
export async function readMetric(
  reading: MetricReading,
  { home, send, endpoint, now }: MetricSource,
): Promise<GateAnswer> {
  const request = await signed(home, 'monitoring', home.region, {
    url: endpoint,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(query(reading, now)).toString(),
  });
  const reply = await send('CloudWatch', request);
  if (reply.status !== 200) throw refused(reply);
  return newest(reply, reading);
}

function query(reading: MetricReading, now: number): Record<string, string> {
  const { namespace, metricName, dimensions, statistic, periodSeconds, windowSeconds } = reading;
  const metric = 'MetricDataQueries.member.1.MetricStat.Metric';
  const at = (milliseconds: number) => new Date(milliseconds).toISOString();
  return {
    Action: 'GetMetricData',
    Version: '2010-08-01',
    StartTime: at(now - windowSeconds * 1000),
    EndTime: at(now),
    ScanBy: 'TimestampDescending',
    'MetricDataQueries.member.1.Id': 'reading',
    'MetricDataQueries.member.1.MetricStat.Period': String(periodSeconds),
    'MetricDataQueries.member.1.MetricStat.Stat': statistic,
    [`${metric}.Namespace`]: namespace,
    [`${metric}.MetricName`]: metricName,
    ...Object.fromEntries(
      Object.entries(dimensions).flatMap(([name, value], index) => [
        [`${metric}.Dimensions.member.${index + 1}.Name`, name],
        [`${metric}.Dimensions.member.${index + 1}.Value`, value],
      ]),
    ),
  };
}

function newest({ body }: HttpResponse, { metricName, windowSeconds }: MetricReading): GateAnswer {
  const status = /<StatusCode>(\w+)<\/StatusCode>/.exec(body)?.[1];
  const value = Number(first(body, 'Values') ?? NaN);
  const at = Date.parse(first(body, 'Timestamps') ?? '');
  // Part of the data may be the wrong part.
  if (status !== 'Complete' || !Number.isFinite(value) || Number.isNaN(at)) {
    const what = status === 'Complete' || status === undefined ? 'no value' : `no complete data (${status})`;
    throw new Failure(
      GATE_ERRORS.NO_DATA,
      `The metric ${metricName} has ${what} of the last ${windowSeconds} seconds.`,
    );
  }
  return { value, at: new Date(at).toISOString() };
}

function first(body: string, list: string): string | undefined {
  return new RegExp(`<${list}>\\s*<member>([^<]+)</member>`).exec(body)?.[1];
}

function refused({ status, body }: HttpResponse): Failure {
  const code = /<Code>(\w+)<\/Code>/.exec(body)?.[1] ?? `HTTP ${status}`;
  const message = /<Message>([^<]*)<\/Message>/.exec(body)?.[1];
  const name = status === 403 ? GATE_ERRORS.FORBIDDEN : GATE_ERRORS.REJECTED;
  const why = message === undefined ? '' : ` (${truncate(redact(message), 500)})`;
  return new Failure(name, `CloudWatch rejected the request: ${code}${why}.`);
}
