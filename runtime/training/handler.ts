import { Logger } from '@aws-lambda-powertools/logger';
import { setTimeout as sleep } from 'node:timers/promises';
import { TRAINING_VARIABLE } from '../../lib/contracts/training';
import { lambdaEnvironment } from '../shared/federation/lambda-environment';
import { parseTarget } from './target';
import { trainingOn, type Train } from './training';

let train: Train | undefined;

/** Entry point for AWS Lambda. */
export const handler: Train = async (event) => {
  train ??= trainingOn({
    target: parseTarget(process.env[TRAINING_VARIABLE]),
    home: lambdaEnvironment(process.env),
    clock: { now: Date.now, sleep, random: Math.random },
    log: new Logger({ serviceName: 'cdktf-multicloud-training' }),
  });
  return train(event);
};
