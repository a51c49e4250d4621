import { rule } from '../../rule';
import { all } from '../../verdict';

/** Providers that accept any server. */
export const insecureProvider = rule(['provider.kubernetes', 'provider.helm', 'provider.aws'], {
  id: 'TFM006',
  title: 'Provider that does not verify its server',
  severity: 'error',
  why: 'An attacker in the network path receives the credentials of the deployer.',
  fix: 'Remove insecure.',
  controls: ['SOC 2 CC6.7', 'ISO 27001 A.8.24'],
  check: (provider) =>
    all(
      provider.value('insecure').or(false).is(false),
      provider.value('kubernetes.insecure').or(false).is(false),
    ),
  passes: [{ host: 'https://10.0.0.2' }],
  fails: [{ host: 'https://10.0.0.2', insecure: true }],
});
