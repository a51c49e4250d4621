import { GkeJobTarget } from '../../../lib/orchestration/jobs/gke-job-target';
import { constant, describeProperties } from '../../property-harness';
import { account, clusterIn, federationIn, inAws, ofFunctions, why } from '../../property-values';

describeProperties({
  GkeJobTarget: {
    make: (stack, props) => new GkeJobTarget(inAws(stack), 'it', props),
    good: {
      name: constant('etl', 'e', undefined),
      cluster: [clusterIn],
      namespace: constant('etl', 'books'),
      serviceAccountName: constant('etl', 'a.b'),
      images: constant(['us-docker.pkg.dev/my-project/etl/*'], ['busybox', 'r/x:*']),
      account: constant(account, undefined),
      federation: [federationIn],
      queue: constant(undefined, 'batch'),
      callbacks: constant(undefined, true),
      secrets: constant(undefined, [], ['database']),
      endpoint: constant(
        undefined,
        { host: 'gke-1.us-central1.gke.goog' },
        { host: '10.0.0.2:443', certificateAuthority: 'LS0=' },
      ),
      alarmActions: constant(undefined, ['arn:aws:sns:eu-west-1:210987654321:on-call']),
      ...ofFunctions,
      ...why,
    },
  },
});
