import { Logger } from '@aws-lambda-powertools/logger';
import { setTimeout as sleep } from 'node:timers/promises';
import { SERVICE_VARIABLE } from '../../lib/contracts/services';
import { lambdaEnvironment } from '../shared/federation/lambda-environment';
import { serviceAt, type CallService } from './service';
import { parseTarget } from './target';

let callService: CallService | undefined;

/** Entry point for AWS Lambda. */
export const handler: CallService = async (event) => {
  callService ??= serviceAt({
    target: parseTarget(process.env[SERVICE_VARIABLE]),
    home: lambdaEnvironment(process.env),
    clock: { now: Date.now, sleep, random: Math.random },
    log: new Logger({ serviceName: 'cdktf-multicloud-services' }),
  });
  return callService(event);
};
