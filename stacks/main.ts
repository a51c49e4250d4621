import './compile-cache';
import { skipStackTraces } from 'cdktf-multicloud/core';
import { readModel } from 'cdktf-multicloud/model';
import { dirname } from 'node:path';
import { writtenAccess } from './access';
import { addEnvironment } from './environment-stacks';
import { environments } from './environments';
import { environmentReports, guardrailLines, table, writtenStacks } from './report';
import { synthesize } from './synthesize';

skipStackTraces();

// The cdktf CLI sets the output folder.
const outdir = process.env.CDKTF_OUTDIR ?? 'cdktf.out';

try {
  synthesize(outdir, (app) => {
    for (const environment of environments) addEnvironment(app, environment);
  });
  const model = readModel(outdir);
  const reports = environmentReports(model, environments);
  const rows = writtenStacks(model, outdir);
  const first = rows.filter(({ stack }) => stack.startsWith(`${environments[0]?.name}-`));
  console.log(`${table(rows)}

Guardrails (npx cdktf-multicloud check ${outdir} lists the findings):
${guardrailLines(reports)}

Access (npx cdktf-multicloud access why IDENTITY RESOURCE explains a path):
${writtenAccess(reports, outdir)}

Next, for the first environment:
  npx cdktf deploy ${first.map(({ stack }) => stack).join(' ')}
or, with Terraform alone:
  cd ${first[0] && dirname(first[0].path)} && terraform init && terraform plan`);
} catch (error) {
  // The message states the remedy. A stack trace inside the library does not help the user.
  console.error(process.env.CDKTF_STACK_TRACES === '1' ? error : String((error as Error)?.message ?? error));
  process.exitCode = 1;
}
