import { Logger } from '@aws-lambda-powertools/logger';
import { setTimeout as sleep } from 'node:timers/promises';
import { GATE_VARIABLE } from '../../lib/contracts/gates';
import { endpointOf, lambdaEnvironment } from '../shared/federation/lambda-environment';
import { gateOf, type ReadGate } from './gate';
import { parseReading } from './reading';

let readGate: ReadGate | undefined;

/** Entry point for AWS Lambda. */
export const handler: ReadGate = async (event) => {
  const home = lambdaEnvironment(process.env);
  readGate ??= gateOf({
    reading: parseReading(process.env[GATE_VARIABLE]),
    home,
    monitoringEndpoint: process.env.AWS_ENDPOINT_URL_CLOUDWATCH ?? endpointOf('monitoring', home.region),
    clock: { now: Date.now, sleep, random: Math.random },
    log: new Logger({ serviceName: 'cdktf-multicloud-gates' }),
  });
  return readGate(event);
};
