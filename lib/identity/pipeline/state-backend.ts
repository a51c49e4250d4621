import { TerraformBackend, type TerraformStack } from 'cdktf';
import { ValidationError } from '../../core/errors';
import { constructLike, type Rule } from '../../core/rules';
import type { IConstruct } from 'constructs';
import type { PipelineAccess } from './pipeline-claims';

/** Bucket that stores the Terraform state of stacks. */
export interface IStateBackend {
  /** Service of the bucket. */
  readonly service: 's3' | 'gcs';
  /** Name of the bucket. Known at synth. */
  readonly bucketName: string;

  /**
   * Stores the state of a stack in the bucket, in an object with the name of the stack.
   * @throws ValidationError if the stack has a backend
   */
  configure(stack: TerraformStack): void;

  /** Statements of the roles of a pipeline in AWS; empty for a bucket of another service. */
  statementsOf(access: PipelineAccess): object[];
}

export const stateBackend: Rule = constructLike('an S3StateBackend or a GcsStateBackend', {
  service: 'string',
  bucketName: 'string',
  configure: 'function',
  statementsOf: 'function',
});

/** Rejects a stack that has a backend: the later one would replace the first in silence. */
export function requireNoBackend(backend: IConstruct, stack: TerraformStack): void {
  if (!stack.node.children.some((child) => TerraformBackend.isBackend(child))) return;
  const problem = {
    property: 'stack',
    value: stack.node.path,
    rule: 'have no backend',
    fix: 'Remove the backend of the stack, or do not configure it here.',
  };
  throw new ValidationError(`${backend.node.path}/configure`, [problem]);
}
