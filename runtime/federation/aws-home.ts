import type { AwsHome } from './aws-session';

/** What AWS Lambda gives to each function. */
export function homeOf(env: NodeJS.ProcessEnv): AwsHome {
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
