import {
  imageExpression,
  imagePattern,
  imagePatternRule,
} from '../../../lib/orchestration/jobs/image-patterns';
import { JOB_LABELS, TASK_TOKEN } from '../../../lib/contracts/jobs';
import { jobAdmissionPolicy, type JobAdmission } from '../../../lib/orchestration/jobs/job-admission-policy';
import { taskTokenAdmissionPolicy } from '../../../lib/orchestration/jobs/task-token-admission-policy';
import { problemsOf } from '../../../lib/core/validation';

/* What the API server says of these policies is the matter of the lane `test:cluster`; here is what stands in them. */

interface Policy {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly matchConstraints: { readonly resourceRules: readonly object[] };
    readonly matchConditions: readonly { readonly expression: string }[];
    readonly validations: readonly { readonly expression: string; readonly message: string }[];
    readonly auditAnnotations?: readonly { readonly key: string }[];
  };
}

describe('an image pattern', () => {
  const digest = `@sha256:${'a'.repeat(64)}`;
  test.each([
    ['r.pkg.dev/p/etl/*', `r.pkg.dev/p/etl/extract${digest}`, true],
    ['r.pkg.dev/p/etl/*', 'r.pkg.dev/p/etl/deep/er:v1', true],
    ['r.pkg.dev/p/etl/*', `r.pkg.dev/p/etl${digest}`, false],
    ['r.pkg.dev/p/etl/*', `rxpkg.dev/p/etl/extract${digest}`, false],
    ['r.pkg.dev/p/etl/*', `evil.io/r.pkg.dev/p/etl/extract${digest}`, false],
    ['r.pkg.dev/p/etl/*', `r.pkg.dev/p/etl2/extract${digest}`, false],
    ['r.pkg.dev/p/*/extract@*', `r.pkg.dev/p/any/extract${digest}`, true],
    [`r.pkg.dev/p/x${digest}`, `r.pkg.dev/p/x${digest}`, true],
    [`r.pkg.dev/p/x${digest}`, `r.pkg.dev/p/x${digest}0`, false],
    ['busybox', 'busybox', true],
    ['busybox', 'docker.io/library/busybox', false],
    ['*', 'anything/at:all', true],
  ])('%s matches %s: %p', (pattern, image, expected) => {
    expect(imagePattern(pattern).test(image)).toBe(expected);
  });

  test('is the same for the API server, which has no look-around and no back-references', () => {
    expect(imageExpression('r.pkg.dev:5000/p/etl/*')).toBe('^r\\.pkg\\.dev:5000/p/etl/.*$');
    expect(imageExpression('*')).toBe('^.*$');
  });

  test.each(['', 'Registry/x', '/x', 'a b', 'a$', 'a\nb', 'a{2}', 7, null, undefined])(
    'is not %p',
    (value) => {
      expect(problemsOf(imagePatternRule, value, 'images[0]')).toHaveLength(1);
    },
  );
});

describe('the policy about Jobs', () => {
  const admission: JobAdmission = {
    name: 'gke-job-target-etl-books',
    user: 'etl@my-project.iam.gserviceaccount.com',
    namespace: 'books',
    target: 'etl',
    serviceAccountName: 'reader',
    images: ['r.pkg.dev/p/etl/*', 'busybox'],
    secrets: ['database', 'api'],
    callbacks: false,
    reason: 'says "no" to \\ all',
    executions: 'arn:aws:states:eu-west-1:210987654321:execution:',
  };
  const policy = (props: Partial<JobAdmission> = {}) =>
    jobAdmissionPolicy({ ...admission, ...props }) as Policy;
  const saying = (message: RegExp, props: Partial<JobAdmission> = {}) =>
    policy(props).spec.validations.find((each) => message.test(each.message))!.expression;

  test('judges all that its user does with Jobs, wherever that is, and nobody else', () => {
    const { matchConstraints, matchConditions } = policy().spec;
    expect(matchConstraints.resourceRules).toEqual([
      {
        apiGroups: ['batch'],
        apiVersions: ['v1'],
        operations: ['CREATE', 'UPDATE', 'DELETE'],
        resources: ['jobs'],
      },
    ]);
    expect(matchConditions.map(({ expression }) => expression)).toEqual([
      'request.userInfo.username == "etl@my-project.iam.gserviceaccount.com"',
    ]);
  });

  test('a Job of another target or namespace cannot even be deleted', () => {
    const always = policy().spec.validations.filter(
      ({ expression }) => !expression.startsWith('request.operation == "DELETE" || '),
    );
    expect(always.map(({ message }) => message)).toEqual([
      'Jobs of the target etl are in the namespace books',
      'the Job must be a Job of the target etl',
    ]);
  });

  test('each image is one of the patterns', () => {
    expect(saying(/^the images are/)).toBe(
      'request.operation == "DELETE" || (variables.containers.all(c, c.image.matches("^r\\\\.pkg\\\\.dev/p/etl/.*$") || c.image.matches("^busybox$")))',
    );
  });

  test('words of people stay words', () => {
    expect(saying(/reason/)).toContain(JSON.stringify('says "no" to \\ all'));
  });

  test('the queue is that of the target, or none', () => {
    expect(saying(/queue/)).toMatch(/\.orValue\(""\) == ""\)$/);
    expect(saying(/queue/, { queue: 'batch' })).toMatch(/\.orValue\(""\) == "batch"\)$/);
  });

  test('pods read the Secrets that are named, and with call-backs the token of their own Job', () => {
    const volumes = saying(/^volumes/);
    expect(volumes).toContain('v.secret.secretName in ["database","api"]');
    expect(volumes).not.toContain(TASK_TOKEN.volume);
    expect(saying(/^volumes/, { callbacks: true })).toContain(
      `(has(v.secret) && v.name == "${TASK_TOKEN.volume}" && v.secret.secretName == variables.job.metadata.name)`,
    );
    expect(saying(/^variables/, { callbacks: true })).not.toContain(TASK_TOKEN.volume);
    expect(saying(/^volumes/, { secrets: [] })).toContain('secretName in []');
  });

  test('the audit log gets what tells the execution', () => {
    expect(policy().spec.auditAnnotations!.map(({ key }) => key)).toEqual([
      'execution',
      'state-machine',
      'target',
      'reason',
    ]);
  });

  test('its sentences are told apart, and none is empty', () => {
    for (const callbacks of [false, true]) {
      const { validations } = policy({ callbacks, queue: 'batch' }).spec;
      const messages = validations.map(({ message }) => message);
      expect(new Set(messages).size).toBe(messages.length);
      expect(messages.every((message) => message.length > 10 && !message.includes('\n'))).toBe(true);
      for (const { expression } of validations) {
        const count = (sign: RegExp) => expression.match(sign)?.length ?? 0;
        expect(count(/\(/g)).toBe(count(/\)/g));
        expect(expression).not.toMatch(/undefined|\[object|\$\{/);
      }
    }
  });
});

test('the policy about task tokens lets one kind of Secret in, which belongs to the Job of its name', () => {
  const { spec, metadata } = taskTokenAdmissionPolicy({
    name: 'tokens',
    user: 'etl@my-project.iam.gserviceaccount.com',
    namespace: 'books',
    target: 'etl',
  }) as Policy;
  expect(metadata.name).toBe('tokens');
  expect(spec.matchConstraints.resourceRules).toEqual([
    {
      apiGroups: [''],
      apiVersions: ['v1'],
      operations: ['CREATE', 'UPDATE', 'DELETE'],
      resources: ['secrets'],
    },
  ]);
  expect(spec.validations.map(({ expression }) => expression)).toEqual([
    'request.namespace == "books" && request.operation != "DELETE"',
    `object.type == "${TASK_TOKEN.secretType}" && (oldObject == null || oldObject.type == object.type)`,
    `object.metadata.?labels[?"${JOB_LABELS.target}"].orValue("") == "etl"`,
    'object.metadata.?ownerReferences.orValue([]).size() == 1 && object.metadata.ownerReferences.all(o, o.kind == "Job" && o.name == object.metadata.name)',
  ]);
});
