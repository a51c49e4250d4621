import { VertexAccess } from '../../lib/vertex/vertex-access';
import { VertexEndpoint } from '../../lib/vertex/vertex-endpoint';
import { constant, describeProperties } from '../property-harness';
import { project, identityIn } from '../property-values';

describeProperties({
  VertexAccess: {
    make: (stack, props) => new VertexAccess(stack, 'it', props).generate().readModels(),
    good: {
      identity: [identityIn],
      project: constant(project),
      location: constant('us-central1', 'global'),
      reason: constant('ranks "all" of it', 'liest Bücher 🙂'),
      owner: constant(undefined, 'team-books'),
      ticket: constant(undefined, 'ML-7'),
    },
    open: ['reason', 'owner', 'ticket'],
  },
  VertexEndpoint: {
    make: (stack, props) => new VertexEndpoint(stack, 'it', props),
    good: {
      project: constant(project),
      location: constant('us-central1'),
      displayName: constant('shelf "ranking"', 'Bücher 🙂'),
      endpointId: constant(undefined, '42'),
      dedicatedEndpoint: constant(undefined, true),
      requestLogging: constant(undefined, { bigQueryTable: 'bq://p.d.t', samplingRate: 0.5 }),
      labels: constant(undefined, { team: 'books' }),
      reason: constant('serves the model'),
      owner: constant(undefined, 'team-books'),
    },
    open: ['location', 'displayName', 'endpointId', 'reason', 'owner'],
  },
});
