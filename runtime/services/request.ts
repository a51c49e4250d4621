import {
  SERVICE_METHODS,
  type ServiceMethod,
  type ServiceRequest,
  type ServiceTarget,
} from '../../lib/contracts/services';
import { EXECUTION } from '../shared/input/step';
import { FieldError, number, object, text, texts, type Fields, type Form } from '../shared/input/fields';
import { readRequest } from '../shared/input/request';

/** A call that is not what the function takes. */
export const BAD_REQUEST = 'GKE.BadRequest';

const KEY: Form = {
  pattern: /^[\x21-\x7e]{1,255}$/,
  rule: 'must be 1 to 255 visible characters without spaces',
};
/** As it goes over the wire: nothing that a server could read as another path. */
const PATH: Form = {
  pattern: /^(?!.*(\/\/|\/\.{1,2}(\/|$)|%2e|%2f|%5c|\\))\/([\w.~!$&'()*+,;=:@/-]|%[0-9a-f]{2})*$/i,
  rule: 'must begin with "/", be encoded, and have no "//", "/./", "/../" nor an encoded dot or slash',
};
const HEADER_VALUE = /^[\x20-\x7e]{0,4096}$/;
const HEADER_NAME = /^[a-z0-9-]{1,64}$/i;

/** Headers of identity, routing and framing: only the function sets them. */
const OWN_HEADERS =
  /^(authorization|proxy-.*|host|connection|content-length|content-type|transfer-encoding|te|trailer|upgrade|cookie|expect|forwarded|x-forwarded-.*|x-envoy-.*|x-goog-.*|idempotency-key|user-agent)$/i;

/** Reads what a state machine sent, or fails with the name of the field that is not as it must be. */
export function parseRequest(event: unknown, target: ServiceTarget): ServiceRequest {
  return readRequest(BAD_REQUEST, () => read(object(event, 'request'), target));
}

function read(request: Fields, target: ServiceTarget): ServiceRequest {
  return {
    execution: text(request.execution, 'execution', EXECUTION),
    step: text(request.step, 'step'),
    key: text(request.key, 'key', KEY),
    method: readMethod(request.method, target),
    path: readPath(request.path, target),
    query: texts(request.query, 'query'),
    headers: readHeaders(request.headers),
    body: request.body,
    statuses: texts(request.statuses, 'statuses'),
    timeoutSeconds: number(request.timeoutSeconds, 'timeoutSeconds', 1),
  };
}

function readMethod(value: unknown, { methods }: ServiceTarget): ServiceMethod {
  const method = text(value, 'method') as ServiceMethod;
  if (!SERVICE_METHODS.includes(method) || !methods.includes(method)) {
    throw new FieldError('method', `must be one of ${methods.join(', ')}`);
  }
  return method;
}

function readPath(value: unknown, { paths }: ServiceTarget): string {
  const path = text(value, 'path', PATH);
  if (paths.some((each) => each === '/' || path === each || path.startsWith(`${each}/`))) return path;
  throw new FieldError('path', `must be one of these or below it: ${paths.join(', ')}`);
}

function readHeaders(value: unknown): Readonly<Record<string, string>> {
  const headers = texts(value, 'headers');
  for (const [name, content] of Object.entries(headers)) {
    if (!HEADER_NAME.test(name) || OWN_HEADERS.test(name)) {
      throw new FieldError('headers', 'must not name a header of the function itself');
    }
    if (!HEADER_VALUE.test(content)) throw new FieldError(`headers["${name}"]`, 'must be printable ASCII');
  }
  return headers;
}
