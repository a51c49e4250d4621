import type { App, TerraformStack } from 'cdktf';
import { modelOfStacks } from '../../model/model-of-stacks';
import { accessGraph } from '../access-graph';
import { violationsOf, type Invariant } from './invariant';
import { recordInvariant } from './recorded';

/** Access that must not exist. */
export interface NeverProps {
  /** Name of the identity, for example a role, a service account or `NAMESPACE/NAME` of a Kubernetes service account. */
  readonly identity: string;
  /**
   * AWS action, Google permission or role, or `VERB GROUP/RESOURCE` of Kubernetes.
   * @default - any permission
   */
  readonly permission?: string;
  /** Name of the resource, or of another identity. */
  readonly resource: string;
}

/** The only identities that may have access. */
export interface OnlyProps {
  /** Names of the identities. An identity that becomes one of them has access as well. */
  readonly identities: readonly string[];
  /** AWS action, Google permission or role, or `VERB GROUP/RESOURCE` of Kubernetes. */
  readonly permission: string;
  /** Name of the resource. */
  readonly resource: string;
}

/**
 * Invariants of access. They are checked at synth over all paths. Values that are known after apply count as access. The
 * stacks that the scope has at this time record the invariants, so that the access page lists them.
 */
export class Access {
  /**
   * The access of everything below a scope.
   * @param scope the app, for paths over several stacks, or one stack
   */
  public static of(scope: App | TerraformStack): Access {
    return new Access(scope);
  }

  private constructor(private readonly scope: App | TerraformStack) {}

  /** Fails the synthesis if the identity has the access, also through other identities. */
  public never(props: NeverProps): this {
    return this.add({ kind: 'never', ...props });
  }

  /** Fails the synthesis if another identity has the access. */
  public only(props: OnlyProps): this {
    return this.add({ kind: 'only', ...props });
  }

  private add(invariant: Invariant): this {
    recordInvariant(this.scope, invariant);
    this.scope.node.addValidation({
      validate: () => [...violationsOf(accessGraph(modelOfStacks(this.scope)), invariant)],
    });
    return this;
  }
}
