import { createRequire } from 'node:module';
import { join } from 'node:path';

/*
 * Compiles the schemas of `asl-validator` when its bundle is built. The validator compiles them with `ajv` for each
 * definition, which takes a third of a second. In the bundle the compiled code replaces the compiler.
 */

const require = createRequire(import.meta.url);

const SCHEMA = 'http://asl-validator.cloud/state-machine.json#';
const SMALLEST = { StartAt: 'Done', States: { Done: { Type: 'Succeed' } } };

/** Plugin of esbuild: replaces `ajv` and `ajv-formats`, and provides the module `compiled:state-machine`. */
export function compiledSchemas(folder) {
  return {
    name: 'compiled-schemas',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^ajv(-formats)?$/ }, ({ path }) => ({ path: join(folder, `${path}.ts`) }));
      onResolve({ filter: /^compiled:state-machine$/ }, ({ path }) => ({ path, namespace: 'compiled' }));
      onLoad({ filter: /^/, namespace: 'compiled' }, () => ({
        contents: compiledStateMachine(),
        resolveDir: folder,
      }));
    },
  };
}

/** Source code of the function that checks a definition against the schema. */
function compiledStateMachine() {
  const ajv = require('ajv');
  const standalone = require('ajv/dist/standalone').default;
  const Ajv = ajv.default;
  let compiler;
  // The validator does not export its schemas. It reads the constructor with every call, so this one can keep them.
  ajv.default = function (options) {
    const code = { source: true, formats: ajv._`require("./formats").formats` };
    return (compiler = new Ajv({ ...options, code }));
  };
  try {
    require('asl-validator')(SMALLEST);
  } finally {
    ajv.default = Ajv;
  }
  return standalone(compiler, compiler.getSchema(SCHEMA));
}
