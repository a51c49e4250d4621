import { version } from '../../package.json';
import type { BridgeTarget } from '../../lib/orchestration/bridge-contract';
import type { Run } from './execution';

/** Headers by which the audit logs of Google Cloud tell who called, for which run and why. */
export function callerHeaders(run: Run, target: BridgeTarget): Readonly<Record<string, string>> {
  const reason = `run=${run.id};target=${target.name};reason=${ascii(target.reason)}`;
  return {
    'user-agent': `cdktf-multicloud-bridge/${version} run/${run.id}`,
    'x-goog-request-reason': reason.slice(0, 256).trimEnd(),
  };
}

function ascii(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^ -~]/g, '?');
}
