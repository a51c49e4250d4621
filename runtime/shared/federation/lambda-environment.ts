import { AWS_PARTITIONS, partitionOfRegion } from '../../../lib/contracts/aws-partitions';
import type { LambdaEnvironment } from './aws-session';

/** Environment variables that AWS Lambda sets for each function. */
export function lambdaEnvironment(env: NodeJS.ProcessEnv): LambdaEnvironment {
  const region = required(env, 'AWS_REGION');
  return {
    region,
    stsEndpoint: env.AWS_ENDPOINT_URL_STS ?? endpointOf('sts', region),
    credentials: {
      accessKeyId: required(env, 'AWS_ACCESS_KEY_ID'),
      secretAccessKey: required(env, 'AWS_SECRET_ACCESS_KEY'),
      token: required(env, 'AWS_SESSION_TOKEN'),
    },
  };
}

/** Endpoint of an AWS service in a region. A region that AWS added later counts as one of the partition `aws`. */
export function endpointOf(service: string, region: string): string {
  return `https://${service}.${region}.${AWS_PARTITIONS[partitionOfRegion(region) ?? 'aws'].dnsSuffix}`;
}

function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`${name} is required.`);
  return value;
}
