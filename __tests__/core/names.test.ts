import { Token } from 'cdktf';
import * as fc from 'fast-check';
import { fitName, slug, stableHash } from '../../lib/core/names';
import { anyText } from '../any-text';

const token = Token.asString({ resolve: () => 'known-later' });

describe('fitName', () => {
  test('a name that fits is left as it is, to the last character', () => {
    expect(fitName('a'.repeat(24), 24)).toBe('a'.repeat(24));
  });

  test('a name one character too long ends in the hash of the whole', () => {
    expect(fitName('abcdefghijklmnopqrstuvwxy', 24)).toBe('abcdefghijklmno-69b98054');
  });

  test('no two hyphens meet where a name is cut', () => {
    expect(fitName('abcdefghijklmn-pqrstuvwxyz', 24)).toMatch(/^abcdefghijklmn-[0-9a-f]{8}$/);
  });

  test('two long names that begin alike stay two names', () => {
    const beginning = 'serves-the-catalogue-of-books-in-';
    expect(fitName(`${beginning}europe`, 30)).not.toBe(fitName(`${beginning}america`, 30));
  });

  test('a name with a token in it is left alone, however long its text is', () => {
    expect(fitName(`${token}-${'a'.repeat(99)}`, 24)).toBe(`${token}-${'a'.repeat(99)}`);
  });

  test('no name is longer than it may be, and none that fits is changed', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 10, max: 64 }), (name, max) => {
        const fitted = fitName(name, max);
        expect(fitted.length).toBeLessThanOrEqual(max);
        if (name.length <= max) expect(fitted).toBe(name);
      }),
    );
  });

  test('no two names become one', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,80}$/);
    fc.assert(
      fc.property(name, name, fc.integer({ min: 10, max: 64 }), (one, other, max) => {
        fc.pre(one !== other);
        expect(fitName(one, max)).not.toBe(fitName(other, max));
      }),
    );
  });
});

describe('slug', () => {
  test.each([
    ['books', 'books'],
    ['Books', 'books-9da7f76b'],
    ['fastapi books', 'fastapi-books-b2ecbaec'],
    ['Bücher', 'b-cher-a74462df'],
    ['123', 'x-a665a459'],
    ['books-', 'books-cdf001c6'],
  ])('%j becomes %j', (text, expected) => {
    expect(slug(text, 30)).toBe(expected);
  });

  test('no text at all becomes a name too', () => {
    expect(slug('', 30)).toMatch(/^x-[0-9a-f]{8}$/);
  });

  test('text that had to be changed does not collide with text that says the same already', () => {
    expect(slug('Books', 30)).not.toBe(slug('books', 30));
  });

  test('whatever the text, it is a name of lower-case letters, digits and hyphens within the length', () => {
    fc.assert(
      fc.property(anyText({ minLength: 1 }), fc.integer({ min: 10, max: 63 }), (text, max) => {
        const name = slug(text, max);
        expect(name).toMatch(/^[a-z]([-a-z0-9]*[a-z0-9])?$/);
        expect(name.length).toBeLessThanOrEqual(max);
      }),
    );
  });

  test('no two texts become one name', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), (one, other) => {
        fc.pre(one !== other);
        expect(slug(one, 30)).not.toBe(slug(other, 30));
      }),
    );
  });
});

test('the hash of a text is a promise: names that were applied once stay as they are', () => {
  expect([stableHash('books'), stableHash('books', 12)]).toEqual(['6e317bcd', '6e317bcd6839']);
});
