import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import type { Construct } from 'constructs';
import { addMetadataComment, justificationOf, type Justification } from '../core/justification';
import { terraformTextJson } from '../core/terraform-json';
import type { LibraryFunction } from './library-function';
import { roleDescription } from './names';
import type { AwsProviderOptions } from './options';

/** Run ids: a UUID, or the 32 digits of a hash. */
const SESSION_NAMES = ['????????-????-????-????-????????????', '?'.repeat(32)];

/** Props of a `FederatedSessionRole`. */
export interface FederatedSessionRoleProps extends Justification, AwsProviderOptions {
  /** Name of the role. */
  readonly name: string;
  /** Functions that may assume the role. */
  readonly functions: readonly LibraryFunction[];
}

/**
 * The role that other clouds trust. The role has no policy in AWS. The name of its session is the run id of the
 * execution for which a function assumed it.
 */
export class FederatedSessionRole extends IamRole {
  constructor(scope: Construct, id: string, props: FederatedSessionRoleProps) {
    const { name, functions, awsProvider } = props;
    super(scope, id, {
      name,
      description: roleDescription(props),
      assumeRolePolicy: terraformTextJson({
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
      dependsOn: functions.flatMap((each) => each.roleDependenciesIn(scope)),
      provider: awsProvider,
    });
    addMetadataComment(this, { ...justificationOf(props) });
  }
}
