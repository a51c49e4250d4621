import type { TerraformStack } from 'cdktf';
import { GkeCluster } from '../../lib/gke/gke-cluster';
import { addresses, resource, resources, synthesized, type Json } from '../synth';
import { project } from './fixtures';

export const READER = { reason: 'signs in' };

export const clusterOf = (stack: TerraformStack) =>
  GkeCluster.fromAttributes(stack, 'cluster', { project, name: 'main', location: 'us-central1' });

/** Addresses without the hashes of cdktf, of what is made for the secret. */
export const made = (stack: TerraformStack) =>
  addresses(synthesized(stack))
    .filter((address) => address.includes('.database_'))
    .map((address) => address.replace(/_[0-9A-F]{8}$/, ''));

export interface Statement {
  readonly Sid?: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: object;
}

/** Statements of the policy of a role, besides those for its log and its traces. */
export function statements(stack: TerraformStack, name: string): Statement[] {
  const found = resources(stack, 'aws_iam_role_policy').find((each) => String(each.name) === name);
  const { Statement } = JSON.parse(String(found!.policy)) as { Statement: Statement[] };
  return Statement.filter(({ Sid }) => Sid !== 'WriteLog' && Sid !== 'WriteTraces');
}

export const settings = (stack: TerraformStack) =>
  JSON.parse(String(resource(stack, 'aws_lambda_function').environment!.variables!.ROTATION)) as Json;
