import { expressionText } from '../../model/values/value-text';
import type { ModelValue } from '../../model/values/value';

/** One edit of a configuration. */
export type ConfigurationChange =
  | {
      /** Gives an argument, or a part of a JSON document in it, another value. */
      readonly kind: 'set';
      /** Name of the stack. */
      readonly stack: string;
      /** Address of the resource. */
      readonly address: string;
      /** Path of the argument, for example `member` or `policy.Statement[1].Action`. */
      readonly path: string;
      /** New value as the JSON syntax of Terraform has it. */
      readonly value: ModelValue;
    }
  | {
      /** Removes an argument, a block, or a statement of a JSON document. */
      readonly kind: 'remove';
      /** Name of the stack. */
      readonly stack: string;
      /** Address of the resource. */
      readonly address: string;
      /** Path of the part. */
      readonly path: string;
    }
  | {
      /** Adds a resource. */
      readonly kind: 'add';
      /** Name of the stack. */
      readonly stack: string;
      /** Type of the resource. */
      readonly type: string;
      /** Arguments. */
      readonly values: Readonly<Record<string, ModelValue>>;
    };

/** A change as a sentence. Values are as in the configuration: output must escape them. */
export function changeText(change: ConfigurationChange): string {
  switch (change.kind) {
    case 'set':
      return `Set ${change.path} of ${change.address} to ${expressionText(change.value)}.`;
    case 'remove':
      return `Remove ${change.path} of ${change.address}.`;
    case 'add':
      return `Add a resource ${change.type} with ${expressionText(change.values)}.`;
  }
}
