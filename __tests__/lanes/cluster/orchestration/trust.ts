import type { Configuration, Json } from '../../../synth';
import { MARKER } from '../../../runtime/token-servers';
import type { AwsKeys, TokenServersOptions } from '../../../runtime/token-servers-options';

const ACCOUNT = '210987654321';

/** Who trusts whom, as a stack sets it up: what the token services of both clouds are told of one function. */
export function trustOf(
  configuration: Configuration,
  functionName: string,
): Pick<TokenServersOptions, 'caller' | 'roles' | 'accepts' | 'impersonates'> {
  const all = (type: string): Json[] => Object.values(configuration.resource?.[type] ?? {});
  const functionRole = `arn:aws:iam::${ACCOUNT}:role/${functionName}`;
  const roles = all('aws_iam_role')
    .filter(({ assume_role_policy: policy }) => String(policy).includes(`"${functionRole}"`))
    .map(({ name }) => `arn:aws:iam::${ACCOUNT}:role/${String(name)}`);
  const [provider] = all('google_iam_workload_identity_pool_provider');
  const condition = String(provider?.attribute_condition);
  const accepted = [...condition.matchAll(/attribute\.aws_role == "([^"]+)"/g)].map(([, arn]) => arn!);
  const members = all('google_service_account_iam_member');
  return {
    caller: keysOf(functionName),
    roles,
    accepts: (arn) => accepted.some((role) => arn.startsWith(`${role}/`)),
    impersonates: Object.fromEntries(
      roles.map((roleArn) => [
        roleArn,
        members
          .filter(({ member }) => String(member).endsWith(`assumed-role/${roleArn.split('/').at(-1)}`))
          .map(({ service_account_id: id }) => String(id).split('/').at(-1)!),
      ]),
    ),
  };
}

/** Keys of a function, as AWS Lambda would give them. */
export function keysOf(functionName: string): AwsKeys {
  return {
    accessKeyId: `ASIA${functionName.toUpperCase().replaceAll('-', '')}`,
    secretAccessKey: `${MARKER}-secret-of-${functionName}`,
    sessionToken: `${MARKER}-session-of-${functionName}`,
  };
}

/** The function's variables, as Terraform gives them. */
export function variablesOf(configuration: Configuration, functionName: string): Record<string, string> {
  const functions = Object.values(configuration.resource?.aws_lambda_function ?? {});
  const found = functions.find(({ function_name: name }) => String(name) === functionName)!;
  return (found.environment as unknown as { variables: Record<string, string> }).variables;
}
