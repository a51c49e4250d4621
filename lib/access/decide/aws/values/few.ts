import type { Domain } from './domain';

/** "true" and "false", in any case. */
export const booleans: Domain<string> = {
  name: 'boolean',
  read: (text) => (/^(true|false)$/i.test(text) ? text.toLowerCase() : undefined),
  write: (value) => value,
  samples: () => ['true', 'false'],
};

/** Text that is Base64 in its canonical form: a comparison of the text is a comparison of the bytes. */
export const binaries: Domain<string> = {
  name: 'binary value',
  read: (text) => (Buffer.from(text, 'base64').toString('base64') === text ? text : undefined),
  write: (value) => value,
  samples: (points) => {
    const fresh = ['b3RoZXI=', ...points.map((_, index) => Buffer.from(`other${index}`).toString('base64'))];
    const other = fresh.find((each) => !points.includes(each));
    return [...points, ...(other === undefined ? [] : [other])];
  },
};
