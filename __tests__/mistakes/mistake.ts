import type { TerraformStack } from 'cdktf';
import type { Props } from '../tokens/subject';

/** A mistake, the construct or step, the wrong props, and the whole message of the error. */
export type Mistake = readonly [string, string, (stack: TerraformStack) => Props, string];
