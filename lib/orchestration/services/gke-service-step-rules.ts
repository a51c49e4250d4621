import {
  all,
  exceeds,
  integer,
  literalText,
  knownAtSynth,
  constructLike,
  matching,
  optional,
  record,
  rule,
  string,
  type Report,
  type Rule,
  type Shape,
} from '../../core/rules';
import { serviceMethod } from './gke-service-target-rules';
import { path, referencePath, selector, template } from '../state-machine/paths';
import type { GkeServiceStepProps } from './gke-service-step-props';
import { errorName } from '../state-machine/steps/error-names';
import { retries } from '../state-machine/steps/retry';

const OWN_HEADERS =
  /^(authorization|proxy-.*|host|connection|content-length|content-type|transfer-encoding|te|trailer|upgrade|cookie|expect|forwarded|x-.*|idempotency-key|user-agent)$/i;

const callPath: Rule = knownAtSynth(
  matching(
    /^(\/[^\s?#]*$|\$|States\.\w+\()/,
    'start with "/" and have no query, or be a path into the input or an intrinsic function',
    (value) => {
      if (value.startsWith('/') && value.includes('?')) return 'Set the parameters in query.';
      return /^[\w-]+(\/|$)/.test(value) ? `Use "/${value}".` : undefined;
    },
  ),
);

const headerName: Rule = all(
  matching(/^[A-Za-z0-9-]{1,64}(\.\$)?$/, 'have 1 to 64 letters, digits and hyphens'),
  rule(
    'not be a header of authentication or message framing, which the target sets',
    (value) => !OWN_HEADERS.test(String(value).replace(/\.\$$/, '')),
    () => 'Omit it.',
  ),
);

const status: Rule = matching(/^[345]\d\d$/, 'be a status from 300 to 599');

const withTemplate = (key: Rule): Rule => all(record(key, literalText), template);

export const gkeServiceRules: Shape<GkeServiceStepProps> = {
  target: constructLike('a GkeServiceTarget or an ApiGatewayTarget', { methods: 'object', paths: 'object' }),
  method: serviceMethod,
  path: callPath,
  query: optional(withTemplate(string())),
  headers: optional(withTemplate(headerName)),
  body: optional(template),
  idempotencyKeyPath: optional(path),
  statuses: optional(record(status, errorName)),
  timeoutSeconds: optional(knownAtSynth(integer(1, 840))),
  retry: optional(retries),
  resultSelector: optional(selector),
  resultPath: optional(referencePath),
};

/** Cross-property validation of a step. */
export function gkeServiceCrossChecks(props: GkeServiceStepProps, report: Report): void {
  const { target, method, path: called, timeoutSeconds, body } = props;
  if (!target.methods.includes(method)) {
    report({
      property: 'method',
      value: method,
      rule: `be a method of the target: ${target.methods.join(', ')}`,
      fix: 'Add it to the methods of the target.',
    });
  }
  const isLiteral = called.startsWith('/');
  if (isLiteral && !target.paths.some((each) => isBelow(called, each))) {
    report({
      property: 'path',
      value: called,
      rule: `be a path of the target or below it: ${target.paths.join(', ')}`,
      fix: 'Add it to the paths of the target.',
    });
  }
  if (isLiteral && /(\/\/|\/\.{1,2}(\/|$)|%2e|%2f|%5c|\\)/i.test(called)) {
    const rule = 'not contain "//", "." or "..", which servers interpret in different ways';
    report({ property: 'path', value: called, rule });
  }
  if (isLiteral && !/^([\w.~!$&'()*+,;=:@/\\-]|%[0-9a-f]{2})*$/i.test(called)) {
    const rule = 'be encoded as in a URL';
    report({ property: 'path', value: called, rule, fix: `Use "${encodeURI(called)}".` });
  }
  if ((method === 'GET' || method === 'HEAD') && body !== undefined) {
    report({ property: 'body', value: body, rule: `be omitted for ${method}`, fix: 'Set it in query.' });
  }
  if (exceeds(timeoutSeconds, target.timeoutSeconds)) {
    const rule = `not exceed timeoutSeconds of the target (${target.timeoutSeconds})`;
    report({ property: 'timeoutSeconds', value: timeoutSeconds, rule });
  }
}

function isBelow(called: string, path: string): boolean {
  return path === '/' || called === path || called.startsWith(`${path}/`);
}
