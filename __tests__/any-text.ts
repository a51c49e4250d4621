import * as fc from 'fast-check';

/** Every code point but halves of surrogate pairs. */
const codePoint = fc
  .oneof(
    { arbitrary: fc.integer({ min: 0, max: 0x7f }), weight: 1 },
    { arbitrary: fc.integer({ min: 0, max: 0xd7ff }), weight: 1 },
    { arbitrary: fc.integer({ min: 0xe000, max: 0x10ffff }), weight: 4 },
  )
  .map((point) => String.fromCodePoint(point));

/** Names that JavaScript gives a meaning. */
const inherited = fc.constantFrom(...Object.getOwnPropertyNames(Object.prototype));

/**
 * Strings of all code points, as `fc.string({ unit: 'binary' })` makes them. That unit takes a second of each test
 * file, because fast-check tabulates all code points to find strings in its table of dangerous ones.
 */
export const anyText = (constraints: fc.StringConstraints = {}): fc.Arbitrary<string> =>
  fc.oneof(
    { arbitrary: fc.string({ ...constraints, unit: codePoint }), weight: 20 },
    { arbitrary: inherited, weight: 1 },
  );
