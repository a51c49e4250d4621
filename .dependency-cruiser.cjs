/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'A cycle of imports that run; types may refer to each other.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'core-knows-no-domain',
      severity: 'error',
      from: { path: '^lib/core' },
      to: { path: '^lib/(?!core)|^node_modules/@cdktf' },
    },
    {
      name: 'identity-uses-core-alone',
      severity: 'error',
      from: { path: '^lib/identity' },
      to: { path: '^lib/(?!core|identity)' },
    },
    {
      name: 'gke-uses-core-and-identity',
      severity: 'error',
      from: { path: '^lib/gke' },
      to: { path: '^lib/(?!core|identity|gke)' },
    },
    {
      name: 'vertex-uses-core-identity-and-gke',
      severity: 'error',
      from: { path: '^lib/vertex' },
      to: { path: '^lib/(?!core|identity|gke|vertex)' },
    },
    {
      name: 'audit-uses-core-and-identity',
      severity: 'error',
      from: { path: '^lib/audit' },
      to: { path: '^lib/(?!core|identity|audit)' },
    },
    {
      name: 'orchestration-uses-core-identity-gke-and-vertex',
      severity: 'error',
      from: { path: '^lib/orchestration' },
      to: { path: '^lib/(?!core|identity|gke|vertex|orchestration)' },
    },
    {
      name: 'secrets-uses-core-identity-gke-and-orchestration',
      severity: 'error',
      from: { path: '^lib/secrets' },
      to: { path: '^lib/(?!core|identity|gke|orchestration|secrets)' },
    },
    {
      name: 'the-library-imports-no-app',
      severity: 'error',
      from: { path: '^lib' },
      to: { path: '^(runtime|stacks|examples|cli|__tests__)' },
    },
    {
      name: 'a-runtime-takes-its-contract-alone',
      severity: 'error',
      comment: 'What runs in the cloud is small, and knows of the library only what both must agree on.',
      from: { path: '^runtime' },
      to: {
        path: '^(lib|stacks|examples|cli|__tests__)',
        pathNot:
          '^lib/(orchestration/((bridge|service|gate|training)-(contract|errors)|triggers/google-caller)|secrets/rotation-contract)\\.ts$',
      },
    },
    {
      name: 'siblings-by-file',
      severity: 'error',
      comment: 'An index is for those outside; inside, the file that holds the thing is imported.',
      from: { path: '^lib/', pathNot: '^lib/index\\.ts$' },
      to: { path: '^lib/.*index\\.ts$' },
    },
    {
      name: 'peers-only',
      severity: 'error',
      comment: 'The constructs have no run-time dependency but the peers.',
      from: { path: '^lib' },
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'npm-no-pkg', 'npm-unknown'],
        pathNot: '^node_modules/(cdktf|constructs|@cdktf)/',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
