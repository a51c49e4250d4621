import type { Mistake } from './mistake';

/*
 * Sources: https://docs.github.com/en/actions/reference/security/oidc
 * https://docs.gitlab.com/ci/secrets/id_token_authentication
 */

const github = { kind: 'github', owner: 'acme', ownerId: '11', repository: 'shop', repositoryId: '22' };
const gitlab = { kind: 'gitlab', projectPath: 'acme/shop', projectId: '33', namespaceId: '44' };
const oidc = { kind: 'oidc', issuer: 'https://ci.example.com' };

export const pipelines: readonly Mistake[] = [
  [
    'the owner in the name of the repository',
    'PipelineIdentity',
    () => ({ source: { ...github, repository: 'acme/shop' } }),
    'prod/it: source.repository must be the name of a repository without its owner: 1 to 100 letters, digits, ".", "_" and "-" (got "acme/shop").',
  ],
  [
    'a name of an owner with a wildcard',
    'PipelineIdentity',
    () => ({ source: { ...github, owner: 'acme*' } }),
    'prod/it: source.owner must be the name of an owner on GitHub: 1 to 39 letters, digits, "-" and "_" (got "acme*").',
  ],
  [
    'a name in place of the id of the repository',
    'PipelineIdentity',
    () => ({ source: { ...github, repositoryId: 'shop' } }),
    'prod/it: source.repositoryId must be a numeric id, as a string of digits (got "shop").',
  ],
  [
    'a name in place of the id of the owner',
    'PipelineIdentity',
    () => ({ source: { ...github, ownerId: 'acme' } }),
    'prod/it: source.ownerId must be a numeric id, as a string of digits (got "acme").',
  ],
  [
    'a subject format that GitHub does not have',
    'PipelineIdentity',
    () => ({ source: { ...github, subjectFormat: 'numeric' } }),
    'prod/it: source.subjectFormat must be one of "classic", "immutable" (got "numeric").',
  ],
  [
    'a project of GitLab without its group',
    'PipelineIdentity',
    () => ({ source: { ...gitlab, projectPath: 'shop' }, apply: { ref: 'refs/heads/main' } }),
    'prod/it: source.projectPath must be the path of a project with its groups, GROUP/PROJECT (got "shop").',
  ],
  [
    'a number with a letter as the id of a project',
    'PipelineIdentity',
    () => ({ source: { ...gitlab, projectId: '33a' }, apply: { ref: 'refs/heads/main' } }),
    'prod/it: source.projectId must be a numeric id, as a string of digits (got "33a").',
  ],
  [
    'a path in place of the id of the group',
    'PipelineIdentity',
    () => ({ source: { ...gitlab, namespaceId: 'acme' }, apply: { ref: 'refs/heads/main' } }),
    'prod/it: source.namespaceId must be a numeric id, as a string of digits (got "acme").',
  ],
  [
    'a server without TLS',
    'PipelineIdentity',
    () => ({ source: { ...gitlab, url: 'http://git.example.com' }, apply: { ref: 'refs/heads/main' } }),
    'prod/it: source.url must be an address of the form https://HOST or https://HOST/PATH, without "/" at its end (got "http://git.example.com").',
  ],
  [
    'an issuer that ends with a slash',
    'PipelineIdentity',
    () => ({
      source: { ...oidc, issuer: 'https://ci.example.com/' },
      plan: { subject: 'plan' },
      apply: { subject: 'apply' },
    }),
    'prod/it: source.issuer must be an address of the form https://HOST or https://HOST/PATH, without "/" at its end (got "https://ci.example.com/").',
  ],
  [
    'another issuer without a subject',
    'PipelineIdentity',
    () => ({ source: oidc, plan: {}, apply: { subject: 'apply' } }),
    'prod/it: plan.subject is required. Set it to the claim sub of the token.',
  ],
  [
    'a ref for another issuer',
    'PipelineIdentity',
    () => ({ source: oidc, plan: { subject: 'plan' }, apply: { subject: 'apply', ref: 'refs/heads/main' } }),
    'prod/it: apply.ref must be omitted because it is part of the subject of the issuer (got "refs/heads/main"). Omit it.',
  ],
  [
    'a subject with a wildcard',
    'PipelineIdentity',
    () => ({ source: oidc, plan: { subject: 'shop:*' }, apply: { subject: 'apply' } }),
    'prod/it: plan.subject must be a subject of 1 to 127 letters, digits and characters of ":@./+=_-", without a wildcard (got "shop:*").',
  ],
  [
    'a subject for GitHub',
    'PipelineIdentity',
    () => ({ plan: { subject: 'repo:acme/shop:pull_request' } }),
    'prod/it: plan.subject must be omitted because it is derived from the source (got "repo:acme/shop:pull_request"). Omit it.',
  ],
  [
    'pull requests that apply',
    'PipelineIdentity',
    () => ({ plan: { environment: 'plan' }, apply: {} }),
    'prod/it: apply.environment is required, because a pull request must not apply. Set apply.environment, apply.ref or both.',
  ],
  [
    'the same runs for plan and apply',
    'PipelineIdentity',
    () => ({ plan: { environment: 'prod' }, apply: { environment: 'prod' } }),
    'prod/it: plan must differ from apply, because the runs would have both accesses (got {"environment":"prod"}). Set another environment, ref or subject.',
  ],
  [
    'an apply of GitLab without a ref',
    'PipelineIdentity',
    () => ({ source: gitlab, apply: { environment: 'prod' } }),
    'prod/it: apply.ref is required, because AWS tests only the subject of GitLab, which contains the ref. Set it to a protected branch, for example "refs/heads/main".',
  ],
  [
    'a branch without its prefix',
    'PipelineIdentity',
    () => ({ apply: { ref: 'main' } }),
    'prod/it: apply.ref must be a ref of the form refs/heads/BRANCH or refs/tags/TAG, without a wildcard (got "main"). Use "refs/heads/main".',
  ],
  [
    'a ref with a wildcard',
    'PipelineIdentity',
    () => ({ apply: { ref: 'refs/heads/*' } }),
    'prod/it: apply.ref must be a ref of the form refs/heads/BRANCH or refs/tags/TAG, without a wildcard (got "refs/heads/*").',
  ],
  [
    'an environment with a wildcard',
    'PipelineIdentity',
    () => ({ apply: { environment: 'prod*' } }),
    'prod/it: apply.environment must be the name of an environment: letters, digits, ".", "_", "/" and "-", starting with a letter or digit (got "prod*").',
  ],
  [
    'the title of a workflow',
    'PipelineIdentity',
    () => ({ plan: { workflow: 'Plan' } }),
    'prod/it: plan.workflow must be the path of a workflow file in the repository, for example ".github/workflows/deploy.yml" (got "Plan").',
  ],
  [
    'no stacks',
    'PipelineIdentity',
    () => ({ stacks: [] }),
    'prod/it: stacks must be a list of at least 1 item (got []). Add an item.',
  ],
  [
    'the stack of the construct',
    'PipelineIdentity',
    (stack) => ({ stacks: [stack] }),
    'prod/it: stacks[0] must not be the stack of this construct, with which a run could give itself more access (got "prod"). Create the construct in a separate stack.',
  ],
  [
    'no cloud',
    'PipelineIdentity',
    () => ({ aws: undefined, google: undefined }),
    'prod/it: 2 problems\n  - google is required when stateBackend is a bucket of Cloud Storage. Set it, or omit stateBackend.\n  - aws is required if google is omitted. Set aws, google or both.',
  ],
  [
    'AWS without an account',
    'PipelineIdentity',
    () => ({ account: undefined }),
    'prod/it: account is required. Set it here or with Defaults.of(scope).',
  ],
  [
    'Google without a project',
    'PipelineIdentity',
    () => ({ project: undefined }),
    'prod/it: project is required. Set it here or with Defaults.of(scope).',
  ],
  [
    'a project without its number',
    'PipelineIdentity',
    () => ({ project: { id: 'my-project' } }),
    'prod/it: project.number is required because it is part of the name of a federated principal. Set project to { id, number }.',
  ],
  [
    'a prefix of 59 characters',
    'PipelineIdentity',
    () => ({ aws: { namePrefix: 'p'.repeat(59) } }),
    'prod/it: aws.namePrefix must be the first part of a role name, with 1 to 58 letters, digits and characters of "_+=,.@-" (got "ppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp").',
  ],
  [
    'a session of 30 minutes',
    'PipelineIdentity',
    () => ({ aws: { namePrefix: 'shop', maxSessionSeconds: 1_800 } }),
    'prod/it: aws.maxSessionSeconds must be a whole number from 3600 to 43200 (got 1800). Use at least 3600.',
  ],
  [
    'a boundary that is a role',
    'PipelineIdentity',
    () => ({ aws: { namePrefix: 'shop', permissionsBoundaryArn: 'arn:aws:iam::210987654321:role/b' } }),
    'prod/it: aws.permissionsBoundaryArn must be the ARN of a policy, arn:aws:iam::ACCOUNT:policy/NAME (got "arn:aws:iam::210987654321:role/b").',
  ],
  [
    'the OIDC provider of another issuer',
    'PipelineIdentity',
    () => ({
      aws: {
        namePrefix: 'shop',
        oidcProvider: { arn: 'arn:aws:iam::210987654321:oidc-provider/gitlab.com', dependenciesIn: () => [] },
      },
    }),
    'prod/it: aws.oidcProvider must be the provider of the issuer in this account (arn:aws:iam::210987654321:oidc-provider/token.actions.githubusercontent.com) (got "arn:aws:iam::210987654321:oidc-provider/gitlab.com"). Pass the existing one, or omit it.',
  ],
  [
    'the ARN in place of an OIDC provider',
    'PipelineIdentity',
    () => ({
      aws: { namePrefix: 'shop', oidcProvider: 'arn:aws:iam::210987654321:oidc-provider/gitlab.com' },
    }),
    'prod/it: aws.oidcProvider must be a GkeOidcProvider or GkeOidcProvider.fromArn(…) (got "arn:aws:iam::210987654321:oidc-provider/gitlab.com").',
  ],
  [
    'a pool prefix with the prefix gcp-',
    'PipelineIdentity',
    () => ({ google: { poolPrefix: 'gcp-shop' } }),
    'prod/it: google.poolPrefix must have 6 to 24 lower-case letters, digits and hyphens, start with a letter, and not start with "gcp-", which Google reserves (got "gcp-shop").',
  ],
  [
    'text in place of true',
    'PipelineIdentity',
    () => ({ google: { poolPrefix: 'shop-ci', directPrincipals: 'yes' } }),
    'prod/it: google.directPrincipals must be true or false (got "yes").',
  ],
  [
    'a bucket name in capitals',
    'S3StateBackend',
    () => ({ bucketName: 'Acme-State' }),
    'prod/it: bucketName must have 3 to 63 lower-case letters, digits and hyphens, and not start or end with a hyphen (got "Acme-State").',
  ],
  [
    'the alias of a key',
    'S3StateBackend',
    () => ({ kmsKeyArn: 'arn:aws:kms:eu-west-1:210987654321:alias/state' }),
    'prod/it: kmsKeyArn must be the ARN of a key, arn:aws:kms:REGION:ACCOUNT:key/ID (got "arn:aws:kms:eu-west-1:210987654321:alias/state"). Use the ARN of the key of this alias.',
  ],
  [
    'text in place of false for the bucket of S3',
    'S3StateBackend',
    () => ({ deletionProtection: 'off' }),
    'prod/it: deletionProtection must be true or false (got "off").',
  ],
  [
    'a bucket name with a dot',
    'GcsStateBackend',
    () => ({ bucketName: 'acme.state' }),
    'prod/it: bucketName must have 3 to 63 lower-case letters, digits, hyphens and underscores, and start and end with a letter or digit (got "acme.state").',
  ],
  [
    'a zone in place of a region',
    'GcsStateBackend',
    () => ({ location: 'europe-west1-b' }),
    'prod/it: location must be a region or multi-region, for example "europe-west1" or "EU" (got "europe-west1-b").',
  ],
  [
    'a name in place of a key',
    'GcsStateBackend',
    () => ({ kmsKeyName: 'state' }),
    'prod/it: kmsKeyName must be a key of the form projects/PROJECT/locations/LOCATION/keyRings/RING/cryptoKeys/KEY (got "state").',
  ],
  [
    'a bucket name in place of a state backend',
    'PipelineIdentity',
    () => ({ stateBackend: 'acme-state' }),
    'prod/it: stateBackend must be an S3StateBackend or a GcsStateBackend (got "acme-state").',
  ],
];
