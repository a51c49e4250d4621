import type { IConstruct } from 'constructs';
import type { AwaitedResource } from '../../core/ordering';
import type { AwsAccount } from '../../aws/account';

/** A function of the library that a state machine calls: the target of a step. */
export interface IInvocableFunction {
  /** Name of the target. */
  readonly name: string;
  /** Account of the function. */
  readonly account: AwsAccount;
  /** ARN of the alias of the function. Known at synth. */
  readonly functionArn: string;

  /**
   * Resources that exist before the first call of the function.
   * @param scope scope of the state machine
   */
  dependenciesIn(scope: IConstruct): AwaitedResource[];
}

/** A function that starts what outlives an execution, with another that ends it. */
export interface ICancellableTarget extends IInvocableFunction {
  /** ARN of the alias of the function that ends what an execution started. Known at synth. */
  readonly cleanupFunctionArn: string;
}
