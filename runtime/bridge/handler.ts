import { Logger } from '@aws-lambda-powertools/logger';
import { setTimeout as sleep } from 'node:timers/promises';
import { TARGET_VARIABLE } from '../../lib/orchestration/bridge-contract';
import type { AwsHome } from './aws-session';
import { bridgeTo, type Bridge } from './bridge';
import { parseTarget } from './target';

let bridge: Bridge | undefined;

/** What AWS Lambda calls. */
export const handler: Bridge = async (event) => {
  bridge ??= bridgeTo({
    target: parseTarget(process.env[TARGET_VARIABLE]),
    home: homeOf(process.env),
    clock: { now: Date.now, sleep, random: Math.random },
    log: new Logger({ serviceName: 'cdktf-multicloud-bridge' }),
  });
  return bridge(event);
};

function homeOf(env: NodeJS.ProcessEnv): AwsHome {
  const region = required(env, 'AWS_REGION');
  return {
    region,
    stsEndpoint: env.AWS_ENDPOINT_URL_STS ?? `https://sts.${region}.amazonaws.com`,
    credentials: {
      accessKeyId: required(env, 'AWS_ACCESS_KEY_ID'),
      secretAccessKey: required(env, 'AWS_SECRET_ACCESS_KEY'),
      token: required(env, 'AWS_SESSION_TOKEN'),
    },
  };
}

function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`The environment variable ${name} is missing`);
  return value;
}
