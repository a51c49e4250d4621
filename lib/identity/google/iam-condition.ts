import { Token } from 'cdktf';
import { fitName } from '../../core/names';
import { singleLine, optional, shape, string, rule, type Rule } from '../../core/rules';

/** Condition under which a role counts. https://cloud.google.com/iam/docs/conditions-overview */
export interface IamCondition {
  /** Name shown in the policy: one line, at most 100 bytes. */
  readonly title: string;
  /** Expression in CEL over `request` and `resource`, at most 12,000 characters. */
  readonly expression: string;
  /**
   * Purpose of the condition: one line, at most 256 bytes.
   * @default - none
   */
  readonly description?: string;
}

const expression: Rule = string(
  rule(
    'have 1 to 12,000 characters',
    (value) => (value as string).trim() !== '' && (value as string).length <= 12_000,
  ),
  rule(
    'not test the name of a resource, which Vertex AI does not set, so that the condition never holds',
    (value) => !/resource\.name.*aiplatform/s.test(value as string),
    () => 'Test a tag or a time, or grant the role on the resource itself.',
  ),
);

export const condition: Rule = shape<IamCondition>({
  title: singleLine(100),
  expression,
  description: optional(singleLine(256)),
});

const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const TAG_KEY = /^[\w.-]+\/[\w.-]{1,256}$/;

/** A moment that the calendar has: Date.parse would take 30 February for 2 March. */
function isTime(text: string): boolean {
  const date = text.slice(0, 'YYYY-MM-DD'.length);
  const day = new Date(`${date}T00:00:00Z`);
  return (
    TIMESTAMP.test(text) &&
    !Number.isNaN(Date.parse(text)) &&
    !Number.isNaN(day.getTime()) &&
    day.toISOString().startsWith(date)
  );
}

const fits = (pattern: RegExp, text: string) => Token.isUnresolved(text) || pattern.test(text);

/** Creates the most frequent conditions. */
export const IamConditions = {
  /**
   * The role ends at a moment.
   * @param time RFC 3339 with a zone, for example `2027-01-31T00:00:00Z`
   */
  expiresAt(time: string): IamCondition {
    if (!Token.isUnresolved(time) && !isTime(time)) {
      throw new Error(
        `IamConditions.expiresAt: time must be in RFC 3339 format with a time zone (got "${time}"). Use "2027-01-31T00:00:00Z".`,
      );
    }
    return { title: `until ${time}`, expression: `request.time < timestamp("${time}")` };
  },

  /**
   * The role counts on resources that carry a tag.
   * @param key namespaced tag key, `ORGANIZATION_ID/KEY` or `PROJECT_ID/KEY`
   * @param value short name of the tag value
   */
  hasTag(key: string, value: string): IamCondition {
    if (!fits(TAG_KEY, key) || !fits(/^[\w.-]{1,256}$/, value)) {
      throw new Error(
        `IamConditions.hasTag: key must be of the form PARENT/KEY and value must be a short name (got "${key}" and "${value}"). Use "123456789012/env" and "prod".`,
      );
    }
    return {
      title: fitName(`tag ${key}=${value}`, 100),
      expression: `resource.matchTag("${key}", "${value}")`,
    };
  },

  /** Every one of the conditions holds. */
  all(...conditions: readonly IamCondition[]): IamCondition {
    if (conditions.length === 0) {
      throw new Error('IamConditions.all: conditions is required. Pass at least one condition.');
    }
    return {
      title: fitName(conditions.map(({ title }) => title).join(' and '), 100),
      expression: conditions.map(({ expression }) => `(${expression})`).join(' && '),
    };
  },
};
