import type { Plan } from '../terraform/plan';
import { changesOf } from './changes';

const plan = (change: object) =>
  ({ resource_changes: [{ mode: 'managed', address: 'a.b', change }] }) as unknown as Plan;

test.each([
  [
    'an update',
    { actions: ['update'], before: { x: [{ y: 1 }] }, after: { x: [{ y: 2 }] } },
    ['a.b.x.0.y: 1 -> 2'],
  ],
  ['a replacement', { actions: ['delete', 'create'] }, ['delete and create a.b']],
  ['a creation', { actions: ['create'] }, ['create a.b']],
  [
    'a value that becomes unknown',
    { actions: ['update'], before: { x: 'old' }, after: {}, after_unknown: { x: true } },
    ['a.b.x: "old" -> undefined'],
  ],
  [
    'a new computed attribute',
    { actions: ['update'], before: {}, after: {}, after_unknown: { x: true } },
    [],
  ],
  ['an empty value of another form', { actions: ['update'], before: { x: [] }, after: { x: null } }, []],
  ['nothing', { actions: ['no-op'], before: {}, after: {} }, []],
])('%s', (_, change, changes) => {
  expect(changesOf(plan(change))).toEqual(changes);
});
