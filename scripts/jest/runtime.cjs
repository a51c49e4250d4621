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
  }

  teardown() {
    super.teardown();
    // A package that is loaded already may require one of its modules later, in another test file.
    this.enterTestCode();
  }
}

module.exports = SharedPackagesRuntime;
