import { TerraformDataSource, TerraformProvider, TerraformResource } from 'cdktf';
import { setFlagsFromString } from 'node:v8';
import { skipStackTraces } from '../lib/core/stack-traces';

skipStackTraces();

// The compiler of Node.js 20 optimizes each function early. A test file ends before that saves the time it takes.
if (Number.parseInt(process.versions.node, 10) < 22) setFlagsFromString('--interrupt-budget=300000');

// Jest captures 100 frames for each error and each `expect`.
Error.stackTraceLimit = 15;

/** A copy without the arguments that are not set. */
function withoutUnset(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUnset);
  if (value === null || typeof value !== 'object' || value.constructor !== Object) return value;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const part = (value as Record<string, unknown>)[key];
    if (part !== undefined) copy[key] = withoutUnset(part);
  }
  return copy;
}

/*
 * A resource has up to 80 optional arguments and a provider up to 200. cdktf merges each of them and resolves it up to
 * three times in a synthesis, then omits those that are not set. Without them, the blocks are the same and the tests
 * of constructs take a third less time.
 */
for (const { prototype } of [TerraformDataSource, TerraformProvider, TerraformResource]) {
  const { toTerraform } = prototype;
  prototype.toTerraform = function (this: { synthesizeAttributes(): unknown }) {
    if (!Object.hasOwn(this, 'synthesizeAttributes')) {
      const all = this.synthesizeAttributes.bind(this);
      this.synthesizeAttributes = () => withoutUnset(all());
    }
    return toTerraform.call(this);
  };
}
