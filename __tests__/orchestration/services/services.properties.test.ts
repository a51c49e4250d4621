import { GkeServiceTarget } from '../../../lib/orchestration/services/gke-service-target';
import { ServiceAuth } from '../../../lib/orchestration/services/service-auth';
import { constant, describeProperties } from '../../property-harness';
import { project, account, federationIn, inAws, ofFunctions, why } from '../../property-values';

describeProperties({
  GkeServiceTarget: {
    make: (stack, props) => new GkeServiceTarget(inAws(stack), 'it', props),
    good: {
      name: constant('books', 'b', undefined),
      account: constant(account),
      url: constant('https://books.example.com', 'https://books.example.com:8443/api'),
      auth: [
        () => ServiceAuth.awsToken({ audience: 'https://books.example.com', durationSeconds: 60 }),
        (stack) =>
          ServiceAuth.googleIdToken({
            audience: 'https://books.example.com',
            project,
            federation: federationIn(stack) as never,
          }),
      ],
      methods: constant(undefined, ['GET'], ['POST', 'DELETE']),
      paths: constant(undefined, ['/'], ['/v1', "/a'b(c)"]),
      certificateAuthority: constant(
        undefined,
        '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n',
      ),
      vpc: constant(undefined, { subnetIds: ['subnet-0a'], securityGroupIds: ['sg-0b'] }),
      timeoutSeconds: constant(undefined, 1, 840),
      responseBytes: constant(undefined, 1, 200_000),
      ...ofFunctions,
      ...why,
    },
  },
});
