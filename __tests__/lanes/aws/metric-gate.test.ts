import { AwsClient } from 'aws4fetch';
import { gateOf } from '../../../runtime/gates/gate';
import { EXECUTION } from '../../runtime/harness';
import { testUnless } from '../terraform/lab';
import { emulatorEndpoint, noEmulator, stopEmulator } from './emulator';

const missing = noEmulator();
afterAll(stopEmulator);

const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'test', token: 'test' };

/** A gate that reads from the emulator, as its function does from CloudWatch. */
function gate(metricName: string) {
  return gateOf({
    reading: {
      kind: 'metric',
      name: 'backlog',
      namespace: 'Books',
      metricName,
      dimensions: { queue: 'orders' },
      statistic: 'Maximum',
      periodSeconds: 60,
      windowSeconds: 600,
    },
    home: { region: 'eu-west-1', stsEndpoint: emulatorEndpoint(), credentials },
    monitoringEndpoint: emulatorEndpoint(),
    clock: { now: Date.now, sleep: () => Promise.resolve(), random: () => 0 },
    log: { info: () => undefined, warn: () => undefined },
  });
}

async function put(metricName: string, value: number, minutesAgo: number): Promise<void> {
  const datum = 'MetricData.member.1';
  const body = new URLSearchParams({
    Action: 'PutMetricData',
    Version: '2010-08-01',
    Namespace: 'Books',
    [`${datum}.MetricName`]: metricName,
    [`${datum}.Value`]: String(value),
    [`${datum}.Timestamp`]: new Date(Date.now() - minutesAgo * 60_000).toISOString(),
    [`${datum}.Dimensions.member.1.Name`]: 'queue',
    [`${datum}.Dimensions.member.1.Value`]: 'orders',
  });
  const client = new AwsClient({ ...credentials, service: 'monitoring', region: 'eu-west-1' });
  const { status } = await client.fetch(emulatorEndpoint(), {
    method: 'POST',
    body: body.toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  expect(status).toBe(200);
}

testUnless(missing)('a gate reads the newest value of a metric, and knows when there is none', async () => {
  await put('Backlog', 7, 4);
  await put('Backlog', 9, 2);
  await put('Old', 7, 60);
  const ask = { execution: EXECUTION, step: 'Gate' };
  expect(await gate('Backlog')(ask)).toMatchObject({ value: 9 });
  await expect(gate('Old')(ask)).rejects.toMatchObject({ name: 'Gate.NoData' });
  await expect(gate('Other')(ask)).rejects.toMatchObject({ name: 'Gate.NoData' });
});
