import type { ModelObject, ModelValue } from './values/value';

/** One action of a change; `unknown` is an action that this version of the library does not know. */
export type PlanAction = 'create' | 'delete' | 'forget' | 'no-op' | 'read' | 'unknown' | 'update';

/** State of a plan, its changes, and what Terraform found while planning. A member that is absent is not false. */
export interface PlanDetails {
  /** Version of the format of the JSON, for example `1.2`. */
  readonly formatVersion: string;
  /**
   * Version of Terraform or OpenTofu.
   * @default - the plan does not state it
   */
  readonly terraformVersion?: string;
  /**
   * Whether the plan has all changes that the configuration needs.
   * @default - the tool does not state it, for example OpenTofu
   */
  readonly complete?: boolean;
  /**
   * Whether the plan can be applied.
   * @default - the tool does not state it, for example OpenTofu
   */
  readonly applyable?: boolean;
  /**
   * Whether planning failed. Such a plan has only a part of the changes.
   * @default - the tool does not state it
   */
  readonly errored?: boolean;
  /** Changes of resources, and those without an action. */
  readonly changes: readonly PlanChange[];
  /** Changes that other tools made since the last apply. */
  readonly drift: readonly PlanChange[];
  /** Changes that Terraform plans only after others. */
  readonly deferred: readonly DeferredChange[];
  /** Results of checks, preconditions and postconditions. */
  readonly checks: readonly PlanCheck[];
  /** Changes of outputs. */
  readonly outputs: readonly OutputChange[];
  /** Addresses of invocations of actions, the deferred ones too. */
  readonly actionInvocations: readonly string[];
}

/** Planned change, or drift, of one resource instance. */
export interface PlanChange {
  /** Address after the change. */
  readonly address: string;
  /**
   * Address before a move.
   * @default - no move
   */
  readonly previousAddress?: string;
  /** Whether Terraform manages the object or reads it. */
  readonly mode: 'managed' | 'data';
  /** Resource type. */
  readonly type: string;
  /** Name in the configuration. */
  readonly name: string;
  /**
   * Key of a former object that a failed replacement left. The change deletes it.
   * @default - the current object
   */
  readonly deposed?: string;
  /** Actions, each once and sorted. A replacement has `create` with `delete` or `forget`. */
  readonly actions: readonly PlanAction[];
  /**
   * Order of a replacement. With `forget`, the former object remains without management.
   * @default - no replacement
   */
  readonly replacement?: 'create-first' | 'delete-first' | 'forget';
  /**
   * Values before; without those that are `null`.
   * @default - no object exists before
   */
  readonly before?: ModelObject;
  /**
   * Values after, with the unknown ones marked.
   * @default - no object exists after
   */
  readonly after?: ModelObject;
  /**
   * Paths of values in `after` that the plan does not know and whose expression is known, from the configuration in the
   * plan or from the synthesized stack.
   */
  readonly afterFilled: readonly string[];
  /** Paths of sensitive values before; an empty path is all values. */
  readonly beforeSensitive: readonly string[];
  /** Paths of sensitive values after; an empty path is all values. */
  readonly afterSensitive: readonly string[];
  /** Paths of the attributes that force the replacement; empty if none does. */
  readonly replacePaths: readonly string[];
  /**
   * Reason of Terraform, for example `replace_because_tainted`. Newer versions can have others.
   * @default - no reason
   */
  readonly actionReason?: string;
  /**
   * Import of an existing object.
   * @default - no import
   */
  readonly importing?: PlanImport;
}

/** Import of an existing object. */
export interface PlanImport {
  /**
   * Id of the object.
   * @default - the id is unknown, or the import is by identity
   */
  readonly id?: string;
  /**
   * Identity of the object.
   * @default - the import is by id
   */
  readonly identity?: ModelValue;
}

/** Change that Terraform plans only after others. */
export interface DeferredChange {
  /** Reason, for example `resource_config_unknown`. */
  readonly reason: string;
  /**
   * The change as far as it is known.
   * @default - the plan does not have it
   */
  readonly change?: PlanChange;
}

/** Result of a check, a precondition or a postcondition. */
export interface PlanCheck {
  /** Address of the checked object as Terraform displays it. */
  readonly address: string;
  /** Status: `pass`, `fail`, `error` or `unknown`. */
  readonly status: string;
  /** Messages of the failed conditions. */
  readonly messages: readonly string[];
}

/** Change of an output. */
export interface OutputChange {
  /** Name of the output. */
  readonly name: string;
  /** Actions, each once and sorted. */
  readonly actions: readonly PlanAction[];
  /**
   * Value before.
   * @default - no output exists before
   */
  readonly before?: ModelValue;
  /**
   * Value after.
   * @default - no output exists after
   */
  readonly after?: ModelValue;
  /** Whether the value is sensitive before or after. */
  readonly sensitive: boolean;
}
