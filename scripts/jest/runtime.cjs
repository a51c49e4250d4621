const { sep } = require('node:path');
const { default: Runtime } = require('jest-runtime');

/** Modules of packages by path, for all test files of a worker. */
const packages = new Map();

const ofPackage = (path) => path.includes(`${sep}node_modules${sep}`);

/** The modules of a test file. Those of packages stay loaded for the next file. */
class Registry extends Map {
  get(path) {
    return ofPackage(path) ? packages.get(path) : super.get(path);
  }

  has(path) {
    return ofPackage(path) ? packages.has(path) : super.has(path);
  }

  set(path, module) {
    if (!ofPackage(path)) return super.set(path, module);
    packages.set(path, module);
    return this;
  }

  delete(path) {
    return ofPackage(path) ? packages.delete(path) : super.delete(path);
  }
}

/**
 * Compiled modules by path, with their text. A module runs again for each test file, so its state begins anew, but V8
 * neither compiles it again nor forgets what it has optimized.
 */
const compiled = new Map();

/** Keeps what `compile` of an executor returns. */
function keepCompiled(executor) {
  const compile = executor.compile.bind(executor);
  executor.compile = (text, path) => {
    const known = compiled.get(path);
    if (known?.text === text) return known.run;
    const run = compile(text, path);
    compiled.set(path, { text, run });
    return run;
  };
}

/**
 * Runtime of Jest that loads a package once per worker instead of once per test file. The provider bindings are two
 * fifths of the time of the tests otherwise. Modules of this repository are loaded for each file, as by default.
 */
class SharedPackagesRuntime extends Runtime {
  constructor(...args) {
    super(...args);
    if (!(this.registries?.moduleRegistry instanceof Map)) {
      throw new Error('scripts/jest/runtime.cjs: the module registry of jest-runtime must be a Map.');
    }
    this.registries.moduleRegistry = new Registry();
    if (typeof this.executor?.compile !== 'function') {
      throw new Error('scripts/jest/runtime.cjs: the executor of jest-runtime must have a function compile.');
    }
    keepCompiled(this.executor);
  }

  teardown() {
    super.teardown();
    // A package that is loaded already may require one of its modules later, in another test file.
    this.enterTestCode();
  }
}

module.exports = SharedPackagesRuntime;
