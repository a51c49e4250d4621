import { type TerraformStack } from 'cdktf';
import { type Construct } from 'constructs';
import { GoogleServiceAccount } from '../../lib/identity/google/google-service-account';
import { testStack } from '../synth';

export const project = { id: 'my-project' };

export const identityIn = (stack: TerraformStack) =>
  new GoogleServiceAccount(stack, 'reader', {
    project,
    accountId: 'books-reader',
    reason: 'reads the catalogue',
    owner: 'team-books',
  });

export const identity = () => identityIn(testStack());
export const stackOf = (construct: Construct) => construct.node.scope as TerraformStack;
export const secret = { secretId: 'database-password' };
