import type { Mistake } from './mistake';
import { Retry } from '../../lib/orchestration/jobs/retry';
import { digest } from '../tokens/subjects/common';

/* Sources: https://kubernetes.io/docs/concepts/workloads/controllers/job/. */

export const jobs: readonly Mistake[] = [
  [
    'an image that the target does not allow',
    'GkeJobStep',
    () => ({ image: `docker.io/other@${digest}` }),
    'GkeJobStep "Extract": image must match the images of the target "other": r/* (got "docker.io/other@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa… (89 characters)). Add it to the images of the target.',
  ],
  [
    'an image by tag without a reason',
    'GkeJobStep',
    () => ({ image: 'r/web:1' }),
    'GkeJobStep "Extract": image must be an image with a digest, because a tag can point to another image later (got "r/web:1"). Use REPOSITORY@sha256:…, or set acknowledge.imageByTag to the reason.',
  ],
  [
    'a misspelt error of the library',
    'GkeJobStep',
    () => ({ retry: { 'GKE.OOMKiled': { attempts: 2 } } }),
    'GkeJobStep "Extract": the name "GKE.OOMKiled" in retry must be an error of Step Functions or of the library, because of its prefix (got "GKE.OOMKiled"). Did you mean "GKE.OOMKilled"?',
  ],
  [
    'memory sizes that fall',
    'GkeJobStep',
    () => ({ resources: undefined, retry: { 'GKE.OOMKilled': Retry.withMemory('4Gi', '2Gi') } }),
    'GkeJobStep "Extract": retry["GKE.OOMKilled"].memory must be a list of rising sizes (got ["4Gi","2Gi"]).',
  ],
  [
    'an exit code of success',
    'GkeJobStep',
    () => ({ exitCodes: { 0: 'Done' } }),
    'GkeJobStep "Extract": the name "0" in exitCodes must be an exit code from 1 to 255 (got "0"). Exit code 0 means success; return other outcomes in the result.',
  ],
  [
    'an exit code above 255',
    'GkeJobStep',
    () => ({ exitCodes: { 256: 'NoData' } }),
    'GkeJobStep "Extract": the name "256" in exitCodes must be an exit code from 1 to 255 (got "256").',
  ],
  [
    'a deadline longer than the time-out',
    'GkeJobStep',
    () => ({ deadlineSeconds: 10_000 }),
    'GkeJobStep "Extract": deadlineSeconds must not exceed timeoutSeconds (7200) of the step, because the Job would continue after it (got 10000). Set a shorter deadlineSeconds or a longer timeoutSeconds.',
  ],
  [
    'a Job name with an underscore',
    'GkeJobStep',
    () => ({ jobName: 'load_books' }),
    'GkeJobStep "Extract": jobName must have 1 to 40 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen (got "load_books"). Use "load-books".',
  ],
  [
    'a command that is empty',
    'GkeJobStep',
    () => ({ command: [] }),
    'GkeJobStep "Extract": command must be a list of at least 1 item (got []). Add an item.',
  ],
  [
    'a variable with a path and no suffix',
    'GkeJobStep',
    () => ({ environment: { 'ROWS.$': 'rows' } }),
    'prod/it: definition.States["Extract: attempt"].Parameters["job"]["spec"]["template"]["spe… must be a path that starts with "$", or an intrinsic function that starts with "States." (got "rows"). Use "$.rows".',
  ],
  [
    'args and a path of args',
    'GkeJobStep',
    () => ({ argsPath: '$.args' }),
    'GkeJobStep "Extract": argsPath must be omitted when args is set (got "$.args"). Omit args.',
  ],
  [
    'more parallel pods than completions',
    'GkeJobStep',
    () => ({ indexed: { completions: 2, parallelism: 4 } }),
    'GkeJobStep "Extract": indexed.parallelism must not exceed indexed.completions (2) (got 4). Set a smaller number.',
  ],
  [
    'a queue that the target does not have',
    'GkeJobStep',
    () => ({ queue: 'batch' }),
    'GkeJobStep "Extract": queue must be omitted for the target "other", which has no queue (got "batch"). Set queue on the target.',
  ],
  [
    'half a GPU',
    'GkeJobStep',
    () => ({ resources: { gpus: 0.5 } }),
    'GkeJobStep "Extract": resources.gpus must be a whole number from 1 to 16 (got 0.5). Use at least 1.',
  ],
  [
    'a CPU request in percent',
    'GkeJobStep',
    () => ({ resources: { cpu: '50%' } }),
    'GkeJobStep "Extract": resources.cpu must be a quantity, for example "250m" for CPU or "512Mi" for memory (got "50%").',
  ],
  [
    'an image of every registry',
    'GkeJobTarget',
    () => ({ images: ['*'] }),
    'prod/it: images[0] must name a registry, because any account can push to the registries that a "*" matches (got "*"). Write the host name of the registry, or set acknowledge.anyImage to the reason.',
  ],
  [
    'an image pattern with a scheme',
    'GkeJobTarget',
    () => ({ images: ['https://gcr.io/my-project/*'] }),
    'prod/it: images[0] must be an image reference without a scheme, in which "*" matches any characters (got "https://gcr.io/my-project/*"). Use "gcr.io/my-project/*".',
  ],
  [
    'a secret by its full name',
    'GkeJobTarget',
    () => ({ secrets: ['projects/my-project/secrets/database'] }),
    'prod/it: secrets[0] must be a DNS label: 1 to 63 lower-case letters, digits and hyphens, starting and ending with a letter or digit (got "projects/my-project/secrets/database"). Use "projects-my-project-secrets-database".',
  ],
  [
    'a host with its scheme',
    'GkeJobTarget',
    () => ({ endpoint: { host: 'https://10.0.0.2', certificateAuthority: 'LS0=' } }),
    'prod/it: endpoint.host must be a DNS name or an IP address, without "https://" (got "https://10.0.0.2"). Use "10.0.0.2".',
  ],
  [
    'an address without the certificate',
    'GkeJobTarget',
    () => ({ endpoint: { host: '10.0.0.2' } }),
    'prod/it: endpoint.certificateAuthority is required for the IP address of a cluster. Set the certificate of the CA of the cluster in base64.',
  ],
  [
    'memory of a function of 64 MB',
    'GkeJobTarget',
    () => ({ memoryMb: 64 }),
    'prod/it: memoryMb must be a whole number from 128 to 10240 (got 64). Use at least 128.',
  ],
  [
    'log retention of 45 days',
    'GkeJobTarget',
    () => ({ logRetentionDays: 45 }),
    'prod/it: logRetentionDays must be one of the retention periods of CloudWatch Logs: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days (got 45). Use 60.',
  ],
  [
    'a key by its alias',
    'GkeJobTarget',
    () => ({ kmsKeyArn: 'alias/books' }),
    'prod/it: kmsKeyArn must be the ARN of a key, arn:aws:kms:REGION:ACCOUNT:key/ID (got "alias/books"). Use the ARN of the key of this alias.',
  ],
  [
    'a key of another region',
    'GkeJobTarget',
    () => ({ kmsKeyArn: 'arn:aws:kms:us-east-1:210987654321:key/0f3c1b9a-1111-2222-3333-444455556666' }),
    'prod/it: kmsKeyArn must be in the region of the account (eu-west-1) (got "arn:aws:kms:us-east-1:210987654321:key/0f3c1b9a-1111-2222-3333-444455556666"). Use one of eu-west-1.',
  ],
  [
    'an http service',
    'GkeServiceTarget',
    () => ({ url: 'http://books.example.com' }),
    'prod/it: url must be an https URL without a query, a user name or a password (got "http://books.example.com"). Use "https://books.example.com".',
  ],
  [
    'a service with a query',
    'GkeServiceTarget',
    () => ({ url: 'https://books.example.com/?a=b' }),
    'prod/it: url must be an https URL without a query, a user name or a password (got "https://books.example.com/?a=b").',
  ],
  [
    'a certificate that is a path',
    'GkeServiceTarget',
    () => ({ certificateAuthority: './ca.pem' }),
    'prod/it: certificateAuthority must be a certificate in PEM format (got "./ca.pem").',
  ],
  [
    'a subnet by its ARN',
    'GkeServiceTarget',
    () => ({
      vpc: {
        subnetIds: ['arn:aws:ec2:eu-west-1:210987654321:subnet/subnet-0a'],
        securityGroupIds: ['sg-0b'],
      },
    }),
    'prod/it: vpc.subnetIds[0] must be the id of a subnet, "subnet-…" (got "arn:aws:ec2:eu-west-1:210987654321:subnet/subnet-0a").',
  ],
  [
    'a VPC without a subnet',
    'GkeServiceTarget',
    () => ({ vpc: { subnetIds: [], securityGroupIds: ['sg-0b'] } }),
    'prod/it: vpc.subnetIds must be a list of at least 1 and at most 16 items (got []). Add an item.',
  ],
  [
    'a time-out beyond that of a function',
    'GkeServiceTarget',
    () => ({ timeoutSeconds: 900 }),
    'prod/it: timeoutSeconds must be a whole number from 1 to 840 (got 900). Use at most 840.',
  ],
  [
    'a pipeline without its repositories',
    'VertexTrainingTarget',
    () => ({ kind: 'pipeline' }),
    'prod/it: 2 problems\n  - kind must be one of "customJob", "pipelineJob" (got "pipeline").\n  - templateRepositories must be omitted for a target of custom jobs (got [{"repositoryId":"pipelines","location":"us","project":"my-project"}]). Omit it, or set kind to "pipelineJob".',
  ],
];
