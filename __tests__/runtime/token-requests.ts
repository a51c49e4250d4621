import type { IncomingMessage } from 'node:http';

/** Text of the body of a request. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** Fields of a body in JSON or in the form encoding. */
export function fields(text: string): Readonly<Record<string, unknown>> {
  if (text.startsWith('{')) return JSON.parse(text) as Record<string, unknown>;
  return Object.fromEntries(new URLSearchParams(text));
}

/** Headers with one text each. */
export function flat({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

/** Tags of a request in the query protocol of AWS: `Tags.member.N.Key` and `Tags.member.N.Value`. */
export function tagsIn(body: Readonly<Record<string, unknown>>): Record<string, string> {
  const numbers = Object.keys(body).flatMap((name) => /^Tags\.member\.(\d+)\.Key$/.exec(name)?.[1] ?? []);
  return Object.fromEntries(
    numbers.map((each) => [
      String(body[`Tags.member.${each}.Key`]),
      String(body[`Tags.member.${each}.Value`]),
    ]),
  );
}
