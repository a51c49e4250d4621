import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openFindings, reportOf } from '../../lib/guardrails/report';
import { readModel } from '../../lib/model/model-files';
import { afterRun } from './run';

const folder = join(__dirname, '../../examples');
const examples = readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory());

// Acknowledgements end. The day keeps the test independent of the calendar.
const today = '2026-12-01';

const reported = (example: string) =>
  afterRun(join(folder, example, 'main'), (outdir) =>
    reportOf(readModel(outdir), { profile: 'prod', today }),
  );

test.each(examples)('the example %s has no open finding and no unused acknowledgement', (example) => {
  const report = reported(example);
  expect(openFindings(report).map(({ id, address }) => `${id} ${address}`)).toEqual([]);
  expect(report.acknowledgements.filter(({ status }) => status !== 'used')).toEqual([]);
});
