import { runProgram } from '../examples/run';
import { all, named, only } from './written';

const checks = runProgram('../programs/service').checks!;

test('the endpoint accepts the account of the function, for one audience', () => {
  const { data } = only(checks, 'kubernetes_config_map_v1');
  const envoy = JSON.stringify(data);
  const [account] = all(checks, 'google_service_account').filter(({ account_id }) =>
    /caller/.test(String(account_id)),
  );
  expect(envoy).toContain(`${String(account!.account_id)}@shop-prod.iam.gserviceaccount.com`);
  expect(envoy).toContain('https://checks.example.com');
});

test('the endpoint has a name from its path, and TLS', () => {
  const names = all(checks, 'kubernetes_deployment_v1').map(({ metadata }) => String(metadata?.name));
  expect(names.sort()).toEqual(['checks', 'checks-endpoint']);
  expect(JSON.stringify(checks.resource?.kubernetes_service_v1)).toContain('LoadBalancer');
  expect(JSON.stringify(checks.resource?.kubernetes_deployment_v1)).toContain('"secret_name":"checks-tls"');
});

test('the function may request ID tokens of its account, and nothing else', () => {
  expect(all(checks, 'google_service_account_iam_member').map(({ role }) => String(role))).toEqual([
    'roles/iam.serviceAccountOpenIdTokenCreator',
  ]);
});

test('the state machine has the account of its target', () => {
  const machine = named(checks, 'aws_sfn_state_machine', 'name', 'checks-check');
  expect(String(machine.definition)).toContain(
    'arn:aws:lambda:eu-west-1:210987654321:function:checks-target-gke-service:live',
  );
});
