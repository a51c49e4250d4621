import type { MaintenanceWindow } from 'cdktf-multicloud/gke';
import type { AwsAccount, GoogleProject } from 'cdktf-multicloud/identity';
import type { StateBackend } from './state-backend';

/** Customer-managed keys of both clouds. */
export interface CustomerKeys {
  /** Name of a key of Cloud KMS in the region of the cluster. */
  readonly google: string;
  /** ARN of a key of AWS KMS in the region of the state machines. */
  readonly aws: string;
}

/** Differences between environments. All other code is shared. */
export interface Environment {
  /** Prefix of the names of its stacks. */
  readonly name: 'dev' | 'staging' | 'prod';
  /** Google Cloud project that holds the environment. */
  readonly project: GoogleProject;
  /** Region of the cluster. */
  readonly region: string;
  /** AWS account and region that run the state machines. */
  readonly aws: AwsAccount;
  /** Backend of the Terraform state. */
  readonly backend: StateBackend;
  /** How soon the cluster gets new versions of GKE. */
  readonly releaseChannel: 'RAPID' | 'REGULAR' | 'STABLE' | 'EXTENDED';
  /** Whether Terraform protects the cluster against deletion. */
  readonly deletionProtection: boolean;
  /** Time of GKE upgrades; any time if omitted. */
  readonly maintenanceWindow?: MaintenanceWindow;
  /** Whether only images that Binary Authorization admits may run. */
  readonly binaryAuthorization: boolean;
  /** Keys that encrypt data at rest; keys of the clouds if omitted. The platform team owns them. */
  readonly keys?: CustomerKeys;
  /** Reserved concurrency of the function that starts Jobs; the concurrency of the account if omitted. */
  readonly jobStartConcurrency?: number;
  /** Image of fastapi-books, by digest. */
  readonly image: string;
  /** Image of the Jobs that state machines run, by digest. */
  readonly jobImage: string;
  /** Fewest and most pods of fastapi-books. */
  readonly replicas: { readonly min: number; readonly max: number };
}

const JOB_IMAGE =
  'us-central1-docker.pkg.dev/books-shared/images/sales@sha256:9b2a28eb47540823042a2ba401386845089bb7b62a9637d55816132c4c3c36eb';
const REPOSITORY = 'us-central1-docker.pkg.dev/books-shared/images/fastapi-books';

// The state is kept on this machine, so that the first run needs nothing. For a team, write
// { kind: 'gcs', bucket: 'books-terraform-state' } or { kind: 's3', bucket: '…', region: '…' }.
const backend: StateBackend = { kind: 'local' };

/** The environments of this app, in the order in which a release goes through them. */
export const environments: readonly Environment[] = [
  {
    name: 'dev',
    project: { id: 'books-dev', number: '100000000001' },
    region: 'us-central1',
    aws: { id: '111111111111', region: 'us-east-1' },
    backend,
    releaseChannel: 'RAPID',
    deletionProtection: false,
    binaryAuthorization: false,
    image: `${REPOSITORY}@sha256:4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945`,
    jobImage: JOB_IMAGE,
    replicas: { min: 1, max: 2 },
  },
  {
    name: 'staging',
    project: { id: 'books-staging', number: '100000000002' },
    region: 'us-central1',
    aws: { id: '111111111112', region: 'us-east-1' },
    backend,
    releaseChannel: 'REGULAR',
    deletionProtection: true,
    binaryAuthorization: false,
    image: `${REPOSITORY}@sha256:4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945`,
    jobImage: JOB_IMAGE,
    replicas: { min: 2, max: 4 },
  },
  {
    name: 'prod',
    project: { id: 'books-prod', number: '100000000003' },
    region: 'us-central1',
    aws: { id: '111111111113', region: 'us-east-1' },
    backend,
    releaseChannel: 'STABLE',
    deletionProtection: true,
    maintenanceWindow: {
      startTime: '2026-01-03T02:00:00Z',
      endTime: '2026-01-03T08:00:00Z',
      recurrence: 'FREQ=WEEKLY;BYDAY=SA,SU',
    },
    binaryAuthorization: true,
    keys: {
      google: 'projects/books-keys/locations/us-central1/keyRings/books/cryptoKeys/prod',
      aws: 'arn:aws:kms:us-east-1:111111111113:key/0d9f4c1e-6b7a-4f0e-9c53-2f1d1c7b8a90',
    },
    jobStartConcurrency: 20,
    image: `${REPOSITORY}@sha256:4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945`,
    jobImage: JOB_IMAGE,
    replicas: { min: 3, max: 20 },
  },
];
