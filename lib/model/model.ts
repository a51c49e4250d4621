import type { ModelFacts } from './facts';
import type { PlanDetails } from './plan';
import type { ModelObject, ModelValue } from './values/value';

/** Resources of one or more stacks as plain data. */
export interface Model {
  /** Stacks, each after the stacks that it depends on. */
  readonly stacks: readonly ModelStack[];
}

/** One stack, from its synthesized configuration or from its plan. */
export interface ModelStack {
  /** Name of the stack. */
  readonly name: string;
  /** Source of the data. */
  readonly source: 'synthesized' | 'plan';
  /** Names of the stacks that must exist before the plan of this stack. */
  readonly dependencies: readonly string[];
  /** The `//` comment of the configuration without the metadata of CDK for Terraform; empty if there is none. */
  readonly comment: Readonly<Record<string, unknown>>;
  /** Managed resources and data sources, sorted by mode, type and name as their source has them. */
  readonly resources: readonly ModelResource[];
  /** Provider configurations. */
  readonly providers: readonly ModelProvider[];
  /**
   * Backend of the state.
   * @default - a plan does not have it, or Terraform keeps the state in a local file
   */
  readonly backend?: ModelBackend;
  /** Input variables. */
  readonly variables: readonly ModelVariable[];
  /** Outputs. */
  readonly outputs: readonly ModelOutput[];
  /** Local values by name. A plan does not have them. */
  readonly locals: ModelObject;
  /** Calls of modules. Resources of a module are in a plan only. */
  readonly modules: readonly ModelModule[];
  /**
   * Changes, drift, checks and state of the plan.
   * @default - a synthesized stack has no plan
   */
  readonly plan?: PlanDetails;
}

/** One resource or data source; in a plan, one instance of it. */
export interface ModelResource {
  /** Name of its stack. */
  readonly stack: string;
  /** Address in the stack, for example `aws_iam_role.reader`, `data.aws_region.here` or `module.m.aws_x.y["key"]`. */
  readonly address: string;
  /** Whether Terraform manages the object or reads it. */
  readonly mode: 'managed' | 'data';
  /** Type, for example `aws_iam_role`. */
  readonly type: string;
  /** Name in the configuration. */
  readonly name: string;
  /**
   * Key of the instance.
   * @default - no `count` and no `for_each`, or a synthesized stack
   */
  readonly index?: string | number;
  /**
   * Address of the module, for example `module.network`.
   * @default - the root module
   */
  readonly module?: string;
  /** Provider of the resource. */
  readonly provider: ModelResourceProvider;
  /** Arguments; in a plan also attributes that the provider computed. No attribute is `null`. */
  readonly values: ModelObject;
  /** Paths of sensitive values in `values`, for example `password` or `env[0].value`; an empty path is all values. */
  readonly sensitive: readonly string[];
  /**
   * Paths of values that the plan does not know and whose expression is known, from the configuration in the plan or
   * from the synthesized stack; empty for a synthesized stack.
   */
  readonly filled: readonly string[];
  /**
   * Names of the attributes in `values` that the plan leaves as they are and for which the configuration in the plan has
   * no expression: the provider computed them, or a dynamic block states them. The policy of a queue is such a copy if
   * another resource states it.
   * @default - a synthesized stack, or a plan without the configuration of the resource
   */
  readonly computed?: readonly string[];
  /**
   * Path of its construct in the tree, for example `prod/reader/role`.
   * @default - another tool wrote the stack, or the source is a plan alone
   */
  readonly constructPath?: string;
  /** Stack trace of the creation of its construct, innermost frame first; empty if none was captured. */
  readonly stackTrace: readonly string[];
  /** Facts that constructs record for people: reason, owner, acknowledgements. */
  readonly facts: ModelFacts;
  /** Addresses in `depends_on`. */
  readonly dependsOn: readonly string[];
  /** Arguments of `lifecycle`; empty if there are none. */
  readonly lifecycle: ModelObject;
  /**
   * Argument `count`.
   * @default - no such argument
   */
  readonly count?: ModelValue;
  /**
   * Argument `for_each`.
   * @default - no such argument
   */
  readonly forEach?: ModelValue;
  /** Provisioners, each an object with its type as the name: `{ "local-exec": … }`; empty in a plan. */
  readonly provisioners: readonly ModelObject[];
}

/** Provider of one resource. */
export interface ModelResourceProvider {
  /** Local name, for example `google-beta`. */
  readonly name: string;
  /**
   * Alias of the provider configuration.
   * @default - the configuration without an alias
   */
  readonly alias?: string;
  /** Source without the host of the public registries, for example `hashicorp/google-beta`. */
  readonly source: string;
  /**
   * Version constraint, for example `~> 6.50`.
   * @default - any version
   */
  readonly versionConstraint?: string;
  /**
   * Exact version.
   * @default - the constraint allows several versions and the source does not have the selected one
   */
  readonly version?: string;
}

/** One provider configuration. */
export interface ModelProvider extends ModelResourceProvider {
  /** Arguments. */
  readonly values: ModelObject;
}

/** Backend of the state of a stack. */
export interface ModelBackend {
  /** Type, for example `s3`, `gcs`, `local` or `cloud`. */
  readonly type: string;
  /** Arguments. Terraform allows no expression in them. */
  readonly values: ModelObject;
}

/** Input variable of a stack. */
export interface ModelVariable {
  /** Name. */
  readonly name: string;
  /** Whether the value is sensitive. */
  readonly sensitive: boolean;
  /**
   * Default of the variable. Another value can be given to Terraform.
   * @default - the variable is required
   */
  readonly default?: ModelValue;
  /**
   * Value in the plan.
   * @default - a synthesized stack does not have it
   */
  readonly value?: ModelValue;
}

/** Output of a stack. */
export interface ModelOutput {
  /** Name. */
  readonly name: string;
  /** Value. */
  readonly value: ModelValue;
  /** Whether the value is sensitive. */
  readonly sensitive: boolean;
}

/** Call of a module. */
export interface ModelModule {
  /** Address, for example `module.network`. */
  readonly address: string;
  /** Source, for example `terraform-google-modules/network/google`. */
  readonly source: string;
  /**
   * Version constraint.
   * @default - any version, or a source without versions
   */
  readonly version?: string;
  /** Input variables. */
  readonly values: ModelObject;
}
