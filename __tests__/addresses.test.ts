import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressesOf, constructs, type ConstructAddresses } from './addresses';

/*
 * Terraform identifies a resource by its address, so another address deletes and creates the resource of every user.
 * `addresses.json` has the addresses of each construct with the id "it" below a stack. The environment variable DRAW adds
 * new ones. It never removes one: a person removes an address, after the release with its `moved` block.
 */

const FILE = join(__dirname, 'addresses.json');
type Listed = Readonly<Record<string, ConstructAddresses>>;

const listed = JSON.parse(readFileSync(FILE, 'utf8')) as Listed;
const now = Object.fromEntries(constructs.map(([title, subject]) => [title, addressesOf(subject)]));
const known = (title: string) => [...(listed[title]?.smallest ?? []), ...(listed[title]?.more ?? [])];

if (process.env.DRAW !== undefined) {
  const drawn = Object.entries(now).map(([title, { smallest, more }]) => {
    const gone = known(title).filter((address) => ![...smallest, ...more].includes(address));
    return [title, { smallest, more: [...more, ...gone].sort() }];
  });
  writeFileSync(FILE, `${JSON.stringify(Object.fromEntries(drawn), undefined, 2)}\n`);
}

test('each listed construct exists', () => {
  expect(Object.keys(listed).filter((title) => now[title] === undefined)).toEqual([]);
});

describe.each(constructs.map(([title]) => title))('%s', (title) => {
  const { smallest, more, moved } = now[title]!;

  test('keeps each address, or has a moved block for it', () => {
    const lost = known(title).filter((address) => ![...smallest, ...more, ...moved].includes(address));
    expect(lost).toEqual([]);
  });

  test('has no address that the list lacks: run DRAW=1 npx jest __tests__/addresses.test.ts', () => {
    expect([...smallest, ...more].filter((address) => !known(title).includes(address))).toEqual([]);
  });

  test('makes without optional props what the list says', () => {
    expect(smallest).toEqual(listed[title]?.smallest);
  });
});
