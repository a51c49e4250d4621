import { type PubSubTrigger } from '../../../lib/orchestration/triggers/pub-sub-trigger';
import { resource, resources, type Json } from '../../synth';
import { smallest, stackOf } from './trigger-kinds';

describe('a message of Google', () => {
  test('is let in for the account and the audience that Pub/Sub sends it with', () => {
    const { stack, trigger } = smallest.google;
    const audience = 'arn:aws:states:eu-west-1:210987654321:stateMachine:from-google';
    const { email } = trigger as PubSubTrigger;
    const [push] = resources(stack, 'google_pubsub_subscription').flatMap(
      ({ push_config }) => push_config ?? [],
    );
    expect(push!.oidc_token).toEqual({ audience, service_account_email: email });
    const { environment } = resource(stack, 'aws_lambda_function');
    expect(JSON.parse(String(environment!.variables!.GOOGLE_CALLER))).toEqual({ audience, email });
  });

  test('that does not arrive raises an alert, to whom it is told', () => {
    const notificationChannels = ['projects/my-project/notificationChannels/123'];
    const alert = resource(stackOf('google', { notificationChannels }), 'google_monitoring_alert_policy');
    expect(alert.notification_channels).toEqual(notificationChannels);
    const [condition] = alert.conditions as unknown as Json[];
    expect(condition!.condition_threshold!.filter).toContain(
      'resource.labels.subscription_id="aws-from-google"',
    );
  });

  test('of a topic of another project is sent from there', () => {
    const topic = 'projects/other-project/topics/orders';
    const subscriptions = resources(
      stackOf('google', { topic, filter: 'attributes.kind = "order"' }),
      'google_pubsub_subscription',
    );
    expect(subscriptions).toContainEqual(
      expect.objectContaining({ topic, filter: 'attributes.kind = "order"' }),
    );
  });
});
