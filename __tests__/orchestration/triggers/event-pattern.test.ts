import { resource } from '../../synth';
import { stackOf } from './trigger-kinds';

describe('the characters of a pattern are literal for Terraform', () => {
  const pattern = { source: ['my.app'], detail: { path: [{ prefix: '${HOME}/in' }], share: ['%{x}'] } };
  const text = '{"source":["my.app"],"detail":{"path":[{"prefix":"$${HOME}/in"}],"share":["%%{x}"]}}';

  test('of an event', () => {
    const stack = stackOf('event', { eventPattern: pattern });
    expect(resource(stack, 'aws_cloudwatch_event_rule').event_pattern).toBe(text);
  });

  test('of a filter of a queue', () => {
    const stack = stackOf('queue', { filters: [pattern] });
    expect(resource(stack, 'aws_pipes_pipe').source_parameters).toMatchObject({
      filter_criteria: { filter: [{ pattern: text }] },
    });
  });
});
