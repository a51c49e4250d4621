const asyncHooks = require('node:async_hooks');
const { constants, createContext } = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');

/*
 * One context for all test files of a worker, so that `runtime.cjs` can keep the modules of packages: a class of a
 * package and a value of a test belong to the same JavaScript realm. The global object is an ordinary one. In the
 * context of jest-environment-node, each use of `Object` or `JSON` calls a proxy, which doubles the time of cdktf.
 */
const context = createContext(constants.DONT_CONTEXTIFY);
const builtIn = new Set(Reflect.ownKeys(context));

// Jest gives these objects of Node.js to its tests instead of those of the context.
const OF_NODE = new Set(['Buffer', 'ArrayBuffer', 'Uint8Array']);

/*
 * Jest creates an `AsyncLocalStorage` for each test file and never disables it. Before Node.js 24, each promise then
 * costs time for each of them: after 130 files, half of the time of the tests.
 */
const storages = new Set();
asyncHooks.AsyncLocalStorage = class extends asyncHooks.AsyncLocalStorage {
  constructor(...args) {
    super(...args);
    storages.add(this);
  }
};

/** Whether Jest keeps the event handlers or the tests of a file under the symbol, so that the next file adds to them. */
const isOfTestRun = ({ description }) => ['EVENT_HANDLERS', 'JEST_STATE_SYMBOL'].includes(description);

/** The environment of Node.js in the shared context. Each test file gets new globals of Node.js and Jest. */
class SharedContextEnvironment extends TestEnvironment {
  constructor(config, testContext) {
    super(config, testContext);
    for (const name of Reflect.ownKeys(this.global)) {
      if (builtIn.has(name) && !OF_NODE.has(name)) continue;
      const descriptor = Object.getOwnPropertyDescriptor(this.global, name);
      Object.defineProperty(context, name, { ...descriptor, configurable: true });
    }
    context.global = context;
    context.Error.stackTraceLimit = 100;
    this.context = context;
    this.global = context;
    this.moduleMocker = new this.moduleMocker.constructor(context);
    this.fakeTimersModern = new this.fakeTimersModern.constructor({
      config: config.projectConfig,
      global: context,
    });
  }

  async teardown() {
    await super.teardown();
    // cdktf keeps the tokens of all stacks in one map, and with them the stacks of the test files that ended.
    const { stringTokenMap, numberTokenMap } = context.__cdktfTokenMap ?? {};
    stringTokenMap?.clear();
    numberTokenMap?.clear();
    for (const name of Object.getOwnPropertySymbols(context).filter(isOfTestRun)) delete context[name];
    for (const each of storages) each.disable();
    storages.clear();
  }
}

module.exports = SharedContextEnvironment;
