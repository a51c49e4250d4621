/** Patterns of tokens and keys of both clouds, and of texts too long to be a word or a name. */
const SECRETS = [
  /ya29\.[\w.%-]+/g,
  /eyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g,
  /\b(AKIA|ASIA)[A-Z0-9]{12,}/g,
  /\b(IQoJ|FwoG|FQoG|AQoD)[\w+/=%-]{16,}/g,
  /\bBearer\s+\S+/gi,
  /\bSignature[=:]\s*\S+/gi,
  /\bx-amz-security-token[=:"\s]+\S+/gi,
  /[A-Za-z0-9+_=-]{100,}/g,
];

/** A text without what looks like a token, a signature or a key. */
export function redact(text: string): string {
  return SECRETS.reduce((clean, secret) => clean.replace(secret, '[removed]'), text);
}

/** At most so many characters of a text. */
export function truncate(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
