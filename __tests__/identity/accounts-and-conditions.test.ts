import { TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { GoogleServiceAccount } from '../../lib/identity/google/google-service-account';
import { condition, IamConditions } from '../../lib/identity/google/iam-condition';
import { clusterPrincipalSet, namespacePrincipalSet } from '../../lib/identity/google/members';
import { addresses, byAddress, refusal, resource, synthesized, testStack } from '../synth';

const project = { id: 'my-project' };

describe('a Google service account', () => {
  test('that is made of the least has a name from its path and says what it is for', () => {
    const stack = testStack();
    new GoogleServiceAccount(stack, 'reader', { project, reason: 'reads the catalogue' });
    expect(byAddress(stack)).toMatchInlineSnapshot(`
     {
       "google_service_account.reader_account_C0E92B94": {
         "//": {
           "reason": "reads the catalogue",
         },
         "account_id": "prod-reader",
         "description": "reads the catalogue",
         "display_name": "prod-reader",
         "project": "my-project",
       },
     }
    `);
  });

  test('at a long path has an id of at most 30 characters, and another one at another path', () => {
    const stack = testStack();
    const ids = ['europe', 'america'].map((region) => {
      const scope = new Construct(stack, `serves-the-catalogue-in-${region}`);
      return new GoogleServiceAccount(scope, 'reader', { project, reason: 'reads' }).email.split('@')[0]!;
    });
    expect(ids.map((id) => id.length)).toEqual([30, 30]);
    expect(new Set(ids).size).toBe(2);
  });

  test('at a short path has an id of at least 6 characters', () => {
    const stack = testStack('dev');
    new GoogleServiceAccount(stack, 'a', { project, reason: 'reads' });
    expect(String(resource(stack, 'google_service_account').account_id).length).toBeGreaterThanOrEqual(6);
  });

  test('of a project that Terraform will know refers to it in its e-mail', () => {
    const stack = testStack();
    const id = new TerraformVariable(stack, 'project', { type: 'string' }).stringValue;
    const account = new GoogleServiceAccount(stack, 'reader', {
      project: { id },
      accountId: 'reader',
      reason: 'x',
    });
    account.grants.bucketReader({ name: 'covers' });
    expect(resource(stack, 'google_storage_bucket_iam_member').member).toBe(
      'serviceAccount:reader@${var.project}.iam.gserviceaccount.com',
    );
  });

  test('has no key', () => {
    const stack = testStack();
    new GoogleServiceAccount(stack, 'reader', { project, reason: 'reads' });
    expect(addresses(synthesized(stack)).filter((address) => /key/.test(address))).toEqual([]);
  });
});

describe('an account that exists, by its e-mail', () => {
  test.each([
    ['books@other-project.iam.gserviceaccount.com', 'other-project'],
    // The default account of Compute Engine names its project by number and not in the domain.
    ['123456789012-compute@developer.gserviceaccount.com', '-'],
    ['my-project@appspot.gserviceaccount.com', '-'],
    ['service-1@gcp-sa-aiplatform.iam.gserviceaccount.com', 'gcp-sa-aiplatform'],
  ])('%s is of the project %s', (email, of) => {
    const account = GoogleServiceAccount.fromEmail(testStack(), 'books', email);
    expect(account.resourceName).toBe(`projects/${of}/serviceAccounts/${email}`);
    expect(account.members).toEqual([`serviceAccount:${email}`]);
  });

  test('is not made, and can be granted roles', () => {
    const stack = testStack();
    const email = 'books@other-project.iam.gserviceaccount.com';
    GoogleServiceAccount.fromEmail(stack, 'books', email).grants.bucketReader({ name: 'covers' });
    expect(byAddress(stack)).toEqual({
      [addresses(synthesized(stack))[0]!]: {
        '//': { reason: 'an account that was made elsewhere' },
        bucket: 'covers',
        lifecycle: { create_before_destroy: true },
        member: `serviceAccount:${email}`,
        role: 'roles/storage.objectViewer',
      },
    });
  });

  test.each([
    'books',
    'books@example.com',
    'Books@other-project.iam.gserviceaccount.com',
    'serviceAccount:books@other-project.iam.gserviceaccount.com',
    '',
  ])('%j is refused', (email) => {
    const stack = testStack();
    expect(refusal(() => GoogleServiceAccount.fromEmail(stack, 'books', email)).message).toBe(
      `prod/books: email must be the e-mail of a Google service account, NAME@PROJECT.iam.gserviceaccount.com (got "${email}").`,
    );
    expect(stack.node.tryFindChild('books')).toBeUndefined();
  });
});

describe('conditions', () => {
  const until = IamConditions.expiresAt('2027-01-31T00:00:00Z');
  const tagged = IamConditions.hasTag('123456789012/env', 'prod');
  const judge = (value: unknown) => {
    const rules: string[] = [];
    condition(value, 'condition', ({ property, rule }) => rules.push(`${property}: ${rule}`));
    return rules;
  };

  test('a role that ends', () => {
    expect(until).toEqual({
      title: 'until 2027-01-31T00:00:00Z',
      expression: 'request.time < timestamp("2027-01-31T00:00:00Z")',
    });
  });

  test('a role on what carries a tag', () => {
    expect(tagged).toEqual({
      title: 'tag 123456789012/env=prod',
      expression: 'resource.matchTag("123456789012/env", "prod")',
    });
  });

  test('several at once, each in brackets', () => {
    expect(IamConditions.all(until, tagged)).toEqual({
      title: 'until 2027-01-31T00:00:00Z and tag 123456789012/env=prod',
      expression:
        '(request.time < timestamp("2027-01-31T00:00:00Z")) && (resource.matchTag("123456789012/env", "prod"))',
    });
  });

  test('what the helpers make is accepted, however long the titles are', () => {
    const long = IamConditions.hasTag(`123456789012/${'k'.repeat(200)}`, 'v'.repeat(200));
    expect([until, tagged, long, IamConditions.all(until, tagged, long)].flatMap(judge)).toEqual([]);
  });

  test.each([
    '2027-01-31',
    '2027-01-31T00:00:00',
    'tomorrow',
    '2027-13-31T00:00:00Z',
    '2027-01-31T00:00:00Z")',
  ])('the time %j is refused', (time) => {
    expect(() => IamConditions.expiresAt(time)).toThrow(
      `IamConditions.expiresAt: time must be in RFC 3339 format with a time zone (got "${time}"). Use "2027-01-31T00:00:00Z".`,
    );
  });

  test.each(['2027-01-31T00:00:00.5Z', '2027-01-31T00:00:00+01:00', '2028-02-29T23:59:59-11:30'])(
    'the time %j is accepted',
    (time) => {
      expect(IamConditions.expiresAt(time).expression).toBe(`request.time < timestamp("${time}")`);
    },
  );

  test('a day that the month does not have is refused', () => {
    expect(() => IamConditions.expiresAt('2027-02-30T00:00:00Z')).toThrow(/got "2027-02-30T00:00:00Z"/);
  });

  test.each([
    ['env', 'prod'],
    ['123/env', 'prod"'],
    ['123/env', ''],
    ['a/b/c', 'prod'],
  ])('the tag %j = %j is refused', (key, value) => {
    expect(() => IamConditions.hasTag(key, value)).toThrow(
      `IamConditions.hasTag: key must be of the form PARENT/KEY and value must be a short name (got "${key}" and "${value}"). Use "123456789012/env" and "prod".`,
    );
  });

  test('none at all is refused', () => {
    expect(() => IamConditions.all()).toThrow(
      'IamConditions.all: conditions is required. Pass at least one condition.',
    );
  });

  test('the name of a Vertex AI resource cannot be tested', () => {
    const expression = 'resource.name.startsWith("projects/p/locations/l/endpoints/1") && "aiplatform" != ""';
    expect(judge({ title: 'one endpoint', expression })).toEqual([
      'condition.expression: not test the name of a resource, which Vertex AI does not set, so that the condition never holds',
    ]);
  });

  test.each([
    [12_000, []],
    [12_001, ['condition.expression: have 1 to 12,000 characters']],
  ])('an expression of %d characters', (length, refused) => {
    expect(judge({ title: 'long', expression: 'x'.repeat(length) })).toEqual(refused);
  });
});

describe('members of many', () => {
  test('every account of a namespace', () => {
    expect(namespacePrincipalSet('123', 'my-project.svc.id.goog', 'books')).toBe(
      'principalSet://iam.googleapis.com/projects/123/locations/global/workloadIdentityPools/my-project.svc.id.goog/namespace/books',
    );
  });

  test('every pod of a cluster', () => {
    const uri =
      'https://container.googleapis.com/v1/projects/my-project/locations/us-central1/clusters/books';
    expect(clusterPrincipalSet('123', 'my-project.svc.id.goog', uri)).toBe(
      `principalSet://iam.googleapis.com/projects/123/locations/global/workloadIdentityPools/my-project.svc.id.goog/kubernetes.cluster/${uri}`,
    );
  });
});

describe('a project of a domain', () => {
  const account = { project: { id: 'example.com:my-project' }, accountId: 'reader-a', reason: 'reads' };

  test('has its two parts turned round in e-mail addresses', () => {
    const { email, resourceName } = new GoogleServiceAccount(testStack(), 'reader', account);
    expect(email).toBe('reader-a@my-project.example.com.iam.gserviceaccount.com');
    expect(resourceName).toBe(`projects/example.com:my-project/serviceAccounts/${email}`);
  });

  test('is known from the address of an existing account', () => {
    const email = 'reader-a@my-project.example.com.iam.gserviceaccount.com';
    const { resourceName } = GoogleServiceAccount.fromEmail(testStack(), 'reader', email);
    expect(resourceName).toBe(`projects/example.com:my-project/serviceAccounts/${email}`);
  });
});
