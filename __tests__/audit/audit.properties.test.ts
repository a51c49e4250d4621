import { AwsAuditTrail } from '../../lib/audit/aws-audit-trail';
import { GoogleAuditTrail } from '../../lib/audit/google-audit-trail';
import { constant, describeProperties } from '../property-harness';
import { project, account, inAws, ownerArn } from '../property-values';

describeProperties({
  AwsAuditTrail: {
    make: (stack, props) => new AwsAuditTrail(inAws(stack), 'it', props),
    good: {
      account: constant(account),
      name: constant(undefined, 'trail'),
      functionArns: constant(undefined, [ownerArn('set')]),
      stateMachineArns: constant(undefined, ['arn:aws:states:eu-west-1:210987654321:stateMachine:etl']),
      retentionDays: constant(undefined, 1, 3650),
      logRetentionDays: constant(undefined, 30),
      alarmActions: constant(undefined, []),
    },
  },
  GoogleAuditTrail: {
    make: (stack, props) => new GoogleAuditTrail(stack, 'it', props),
    good: {
      project: constant(project),
      location: constant('us-central1', 'eu'),
      name: constant(undefined, 'trail'),
      destination: constant(undefined, 'log-bucket', 'bigquery'),
      retentionDays: constant(undefined, 1, 3650),
      notificationChannels: constant(undefined, [], ['projects/p/notificationChannels/1']),
    },
  },
});
