import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  // The starter is a project of its own: the lane "package" compiles it against the tarball.
  { ignores: ['dist/', 'cdktf.out/', 'coverage/', 'temp/', 'etc/', 'examples/starter/'] },
  eslint.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { project: './tsconfig.test.json' } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      // The form of TypeScript for a package that exports one function.
      '@typescript-eslint/no-require-imports': ['error', { allowAsImport: true }],
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              // The index of a provider package loads every resource it has: seconds, and a gigabyte.
              regex: '^@(cdktf|cdktn)/provider-[a-z-]+(/lib)?(/index)?$',
              message: 'Import the one resource: @cdktf/provider-google/lib/container-cluster.',
            },
          ],
        },
      ],
    },
  },
  {
    // Sources check a value before they use it; a test may rely on its own input.
    files: ['cli/**/*.ts', 'lib/**/*.ts', 'runtime/**/*.ts', 'stacks/**/*.ts', 'examples/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'error' },
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: {
        Buffer: 'readonly',
        fetch: 'readonly',
        structuredClone: 'readonly',
        process: 'readonly',
        console: 'readonly',
        module: 'writable',
        require: 'readonly',
        performance: 'readonly',
        URL: 'readonly',
        URLSearchParams: 'readonly',
      },
    },
  },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
);
