import { Logger } from '@aws-lambda-powertools/logger';
import { setTimeout as sleep } from 'node:timers/promises';
import { TARGET_VARIABLE } from '../../lib/contracts/jobs';
import { homeOf } from '../shared/federation/aws-home';
import { bridgeTo, type Bridge } from './bridge';
import { parseTarget } from './target';

let bridge: Bridge | undefined;

/** What AWS Lambda calls. */
export const handler: Bridge = async (event) => {
  bridge ??= bridgeTo({
    target: parseTarget(process.env[TARGET_VARIABLE]),
    home: homeOf(process.env),
    clock: { now: Date.now, sleep, random: Math.random },
    log: new Logger({ serviceName: 'cdktf-multicloud-jobs' }),
  });
  return bridge(event);
};
