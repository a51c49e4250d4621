import { Logger } from '@aws-lambda-powertools/logger';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROTATION_VARIABLE } from '../../lib/contracts/rotation';
import { lambdaEnvironment } from '../shared/federation/lambda-environment';
import { rotationOf, type Call, type Rotate } from './rotation';
import { parseRotation } from './settings';

let rotate: Rotate | undefined;

/** Entry point for AWS Lambda. */
export const handler = async (event: unknown, call: Call): ReturnType<Rotate> => {
  rotate ??= rotationOf({
    rotation: parseRotation(process.env[ROTATION_VARIABLE]),
    home: lambdaEnvironment(process.env),
    endpoints: {
      secretsManager: process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER,
      lambda: process.env.AWS_ENDPOINT_URL_LAMBDA,
      stepFunctions: process.env.AWS_ENDPOINT_URL_SFN,
    },
    clock: { now: Date.now, sleep, random: Math.random },
    log: new Logger({ serviceName: 'cdktf-multicloud-rotation' }),
  });
  return rotate(event, call);
};
