export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function json(status: number, body: object): Answer {
  return { status, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
}

export function oauthError(error: string, error_description = error): Answer {
  return json(400, { error, error_description });
}

export function googleError(code: number, status: string, message: string): Answer {
  return json(code, { error: { code, status, message } });
}

export function awsError(status: number, code: string, message: string): Answer {
  const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
  return { status, body, headers: { 'content-type': 'text/xml' } };
}
