/** Lanes that need more than Node are run by `npm run test:terraform` and its like. */
const lane = process.env.TEST_LANE;

/** Folder with the packages of the current line (cdktn), which `npm run test:current` runs the tests on. */
const current = process.env.CURRENT_LINE;
const currentLine = current && {
  '^cdktf(/.*)?$': `${current}/node_modules/cdktn$1`,
  '^@cdktf/(provider-.*)$': `${current}/node_modules/@cdktn/$1`,
  '^constructs$': `${current}/node_modules/constructs`,
};

/** Test files of a worker share the loaded packages, see "Tests" in CONTRIBUTING.md. Lanes have few files. */
const sharedPackages = {
  testEnvironment: './scripts/jest/environment.cjs',
  runtime: './scripts/jest/runtime.cjs',
};

/** @type {import('jest').Config} */
module.exports = {
  ...(lane ? { testEnvironment: 'node' } : sharedPackages),
  testMatch: lane ? [`<rootDir>/__tests__/lanes/${lane}/**/*.test.ts`] : ['<rootDir>/__tests__/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', ...(lane ? [] : ['/__tests__/lanes/'])],
  maxWorkers: '100%',
  testTimeout: lane ? 1_200_000 : 60_000,
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/cdktf.out'],
  moduleNameMapper: {
    ...currentLine,
    '^cdktf-multicloud$': '<rootDir>/lib',
    '^cdktf-multicloud/(?!runtime/)(.*)$': '<rootDir>/lib/$1',
  },
  globalSetup: '<rootDir>/scripts/bundle.mjs',
  setupFiles: ['<rootDir>/__tests__/setup.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
};
