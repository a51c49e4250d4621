import { randomInt } from 'node:crypto';
import type { PasswordForm } from '../../lib/contracts/rotation';

const CLASSES = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/];

/**
 * A value of that form, with a character of each class that the alphabet has. One without is thrown away whole, so
 * that all others stay equally likely.
 */
export function password({ length, alphabet }: PasswordForm): string {
  const required = CLASSES.filter((each) => each.test(alphabet));
  for (;;) {
    const value = Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
    if (required.every((each) => each.test(value))) return value;
  }
}
