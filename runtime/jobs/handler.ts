import { Logger } from '@aws-lambda-powertools/logger';
import { setTimeout as sleep } from 'node:timers/promises';
import { TARGET_VARIABLE } from '../../lib/contracts/jobs';
import { lambdaEnvironment } from '../shared/federation/lambda-environment';
import { jobHandler, type JobHandler } from './job-handler';
import { parseTarget } from './target';

let bridge: JobHandler | undefined;

/** Entry point of AWS Lambda. */
export const handler: JobHandler = async (event) => {
  bridge ??= jobHandler({
    target: parseTarget(process.env[TARGET_VARIABLE]),
    home: lambdaEnvironment(process.env),
    clock: { now: Date.now, sleep, random: Math.random },
    log: new Logger({ serviceName: 'cdktf-multicloud-jobs' }),
  });
  return bridge(event);
};
