import { type App, TerraformStack, Testing } from 'cdktf';
import { ProjectIamMember } from '@cdktf/provider-google/lib/project-iam-member';
import { ServiceAccountKey } from '@cdktf/provider-google/lib/service-account-key';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { Construct } from 'constructs';
import { Guardrails, type AcknowledgementProps } from '../../lib/guardrails';
import { modelOfStacks } from '../../lib/model/model-of-stacks';
import { reportOf } from '../../lib/guardrails/report';

const ACCEPTED: AcknowledgementProps = {
  reason: 'the partner has no OIDC issuer yet',
  owner: 'team-books',
  until: '2030-01-31',
};

function appWith(...stacks: readonly string[]): App {
  const app = Testing.app();
  for (const name of stacks) {
    const stack = new TerraformStack(app, name);
    new GoogleProvider(stack, 'google', { project: 'my-project' });
    const scope = new Construct(stack, 'partner');
    new ServiceAccountKey(scope, 'key', {
      serviceAccountId: 'projects/p/serviceAccounts/x@p.iam.gserviceaccount.com',
    });
  }
  return app;
}

const stackOf = (app: App, name: string) => app.node.findChild(name) as TerraformStack;
const findings = (app: App, today = '2026-11-25') =>
  reportOf(modelOfStacks(app), { today }).findings.filter(({ rule }) => rule === 'GCP001');

describe('enforce', () => {
  test('stops the synthesis of an app with every open finding of all stacks', () => {
    const app = appWith('one', 'two');
    new ProjectIamMember(stackOf(app, 'two'), 'editor', {
      project: 'p',
      role: 'roles/editor',
      member: 'group:a@example.com',
    });
    Guardrails.enforce(app);
    expect(() => app.synth()).toThrow(
      /error GCP001 Key of a Google service account[^]*one\/partner\/key[^]*two\/partner\/key[^]*error GCP002 Basic role[^]*3 errors/,
    );
  });

  test('stops the synthesis of one stack', () => {
    const app = appWith('one', 'two');
    Guardrails.enforce(stackOf(app, 'one'));
    expect(() => Testing.synth(stackOf(app, 'one'), true)).toThrow(/GCP001[^]*one\/partner\/key/);
    expect(() => Testing.synth(stackOf(app, 'two'), true)).not.toThrow();
  });

  test('lets an app pass whose findings are acknowledged', () => {
    const app = appWith('one');
    Guardrails.enforce(app, { today: '2026-11-25' });
    Guardrails.of(stackOf(app, 'one').node.findChild('partner')).acknowledge('GCP001', ACCEPTED);
    expect(() => app.synth()).not.toThrow();
  });

  test('fails on warnings when told so', () => {
    const app = Testing.app();
    const stack = new TerraformStack(app, 'one');
    new GoogleProvider(stack, 'google', { project: 'my-project' });
    new ProjectIamMember(stack, 'x', {
      project: 'p',
      role: 'roles/logging.logWriter',
      member: 'serviceAccount:1-compute@developer.gserviceaccount.com',
    });
    Guardrails.enforce(app, { failOn: 'warning' });
    expect(() => app.synth()).toThrow(/warning GCP017/);
  });
});

describe('acknowledge', () => {
  test('covers the resources below the construct and no others', () => {
    const app = appWith('one', 'two');
    Guardrails.of(stackOf(app, 'one').node.findChild('partner')).acknowledge('GCP001', ACCEPTED);
    expect(findings(app).map(({ stack, acknowledged }) => [stack, acknowledged])).toEqual([
      ['one', ACCEPTED],
      ['two', undefined],
    ]);
  });

  test('covers every stack when the app acknowledges', () => {
    const app = appWith('one', 'two');
    Guardrails.of(app).acknowledge('GCP001', ACCEPTED);
    expect(findings(app).map(({ acknowledged }) => acknowledged?.owner)).toEqual([
      'team-books',
      'team-books',
    ]);
  });

  test('rejects an app that has no stack yet', () => {
    expect(() => Guardrails.of(Testing.app()).acknowledge('GCP001', ACCEPTED)).toThrow(
      'scope must be in a stack or have stacks (got ""). Acknowledge after the stacks are made.',
    );
  });

  test('counts through its last day, and the rule fails again on the next', () => {
    const app = appWith('one');
    Guardrails.of(app.node.findChild('one')).acknowledge('GCP001', ACCEPTED);
    expect(findings(app, '2030-01-31')[0]?.acknowledged).toBeDefined();
    expect(findings(app, '2030-02-01')[0]?.acknowledged).toBeUndefined();
    const { acknowledgements } = reportOf(modelOfStacks(app), { today: '2030-02-01' });
    expect(acknowledgements.map(({ status }) => status)).toEqual(['expired']);
  });

  test('reports acknowledgements without effect and of rules that do not exist', () => {
    const app = appWith('one');
    Guardrails.of(app.node.findChild('one')).acknowledge('GCP999', ACCEPTED).acknowledge('GCP002', ACCEPTED);
    const { acknowledgements } = reportOf(modelOfStacks(app), { today: '2026-11-25' });
    expect(acknowledgements.map(({ id, path, status }) => [id, path, status])).toEqual([
      ['GCP002', 'one', 'unused'],
      ['GCP999', 'one', 'unknown-rule'],
    ]);
  });

  test('answers one finding of a rule by its detail', () => {
    const app = Testing.app();
    const stack = new TerraformStack(app, 'one');
    stack.addOverride('resource.google_project_iam_custom_role.x', {
      project: 'p',
      role_id: 'x',
      permissions: ['iam.roles.update', 'storage.buckets.setIamPolicy'],
    });
    Guardrails.of(stack).acknowledge('GCP014[iam.roles.update]', ACCEPTED);
    const { findings: all } = reportOf(modelOfStacks(app), { today: '2026-11-25' });
    expect(
      all
        .filter(({ rule }) => rule === 'GCP014')
        .map(({ id, acknowledged }) => [id, acknowledged !== undefined]),
    ).toEqual([
      ['GCP014[iam.roles.update]', true],
      ['GCP014[storage.buckets.setIamPolicy]', false],
    ]);
  });

  test.each<[string, Partial<AcknowledgementProps>, string]>([
    ['a short reason', { reason: 'ok' }, 'one/partner: reason must have at least 10 characters (got "ok").'],
    ['no reason', { reason: undefined }, 'one/partner: reason is required.'],
    ['no owner', { owner: undefined }, 'one/partner: owner is required.'],
    [
      'a day that does not exist',
      { until: '2030-02-30' },
      'one/partner: until must be a day of the calendar (got "2030-02-30").',
    ],
    ['no day', { until: undefined }, 'one/partner: until is required.'],
  ])('rejects %s', (_, wrong, message) => {
    const partner = stackOf(appWith('one'), 'one').node.findChild('partner');
    const props = { ...ACCEPTED, ...wrong } as AcknowledgementProps;
    expect(() => Guardrails.of(partner).acknowledge('GCP001', props)).toThrow(message);
  });

  test('rejects an id that no rule can have', () => {
    const partner = stackOf(appWith('one'), 'one').node.findChild('partner');
    expect(() => Guardrails.of(partner).acknowledge('key', ACCEPTED)).toThrow(
      'one/partner: id must be the id of a rule, for example "GKE007" (got "key").',
    );
  });
});
