import { problemsOf } from '../../lib/core/validation';
import { location, region, regionOfZone, zone } from '../../lib/google/locations';

test.each(['us-central1-a', 'europe-west12-b', 'us-central1-ai1a', 'us-south1-ai1b'])(
  '%s is a zone and a location, but no region',
  (value) => {
    expect(problemsOf(zone, value, 'zone')).toEqual([]);
    expect(problemsOf(location, value, 'location')).toEqual([]);
    expect(problemsOf(region, value, 'region')).toMatchObject([{ fix: `Use "${regionOfZone(value)}".` }]);
  },
);

test.each(['us-central1', 'us-central1-', 'us-central1-ab', 'us-central1-ai', 'US-CENTRAL1-A'])(
  '%s is no zone',
  (value) => {
    expect(problemsOf(zone, value, 'zone')).toHaveLength(1);
    expect(regionOfZone(value)).toBeUndefined();
  },
);
