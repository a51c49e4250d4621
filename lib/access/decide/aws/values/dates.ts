import { denseSamples } from '../../dense-samples';
import type { Domain } from './domain';

/** A date of the W3C profile of ISO 8601, with a day at least: "2020" alone is also a number of seconds. */
const ISO = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d))?$/;
/** Seconds since 1970: five to eleven digits, so that milliseconds are not read as seconds. */
const EPOCH = /^\d{5,11}$/;
const DAY = 86_400_000;

/**
 * Points in time, in milliseconds since 1970. AWS accepts the W3C profile of ISO 8601 and epoch seconds:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
 */
export const dates: Domain<number> = {
  name: 'date',
  read: (text) => {
    if (EPOCH.test(text)) return Number(text) * 1000;
    const time = ISO.test(text) ? Date.parse(text) : Number.NaN;
    return Number.isNaN(time) ? undefined : time;
  },
  write: (time) => new Date(time).toISOString().replace('.000Z', 'Z'),
  samples: (points) => denseSamples(points, DAY),
};
