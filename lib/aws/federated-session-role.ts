import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { roleDescription } from './names';
import type { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { addMetadataComment, justificationOf, type Justification } from '../core/justification';
import type { LibraryFunction } from './library-function';

/** Run ids: a UUID, or the 32 digits of a hash. */
const SESSION_NAMES = ['????????-????-????-????-????????????', '?'.repeat(32)];

/** What a `bridgeRole` is made of. */
export interface BridgeRoleProps extends Justification {
  readonly name: string;
  /** Functions that may take it on. */
  readonly functions: readonly LibraryFunction[];
  readonly awsProvider?: TerraformProvider;
}

/** The role that other clouds know. Its session says for which execution it is taken on; by itself it may do nothing. */
export function bridgeRole(target: Construct, props: BridgeRoleProps): IamRole {
  const { name, functions, awsProvider } = props;
  const role = new IamRole(target, 'role', {
    name,
    description: roleDescription(props),
    assumeRolePolicy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: functions.map(({ roleArn }) => roleArn) },
          Action: 'sts:AssumeRole',
          Condition: { StringLike: { 'sts:RoleSessionName': SESSION_NAMES } },
        },
      ],
    }),
    maxSessionDuration: 3_600,
    dependsOn: functions.flatMap((each) => each.roleDependenciesIn(target)),
    provider: awsProvider,
  });
  addMetadataComment(role, { ...justificationOf(props) });
  return role;
}
