import { Construct } from 'constructs';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as library from '../lib';
import { DEFAULT_CHILDREN } from './default-children';

const titles = Object.keys(DEFAULT_CHILDREN);

/** Exported constructs. A class without public constructor is created by a factory. */
const constructs = Object.entries(library)
  .filter(([, value]) => typeof value === 'function' && value.prototype instanceof Construct)
  .map(([name]) => name);

test('each exported construct states its default child', () => {
  const missing = constructs.filter((name) => !titles.some((title) => title.split(' ')[0] === name));
  expect(missing).toEqual([]);
});

test('each construct with a default child is a subject of the property tests', () => {
  const text = readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.properties.test.ts'))
    .map((path) => readFileSync(join(__dirname, path), 'utf8'))
    .join('\n');
  const missing = titles.filter((title) => !new RegExp(`^  '?${title}'?: \\{$`, 'm').test(text));
  expect(missing).toEqual([]);
});
