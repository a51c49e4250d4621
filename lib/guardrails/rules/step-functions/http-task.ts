import { isComputed } from '../../../model/values/value';
import { rule } from '../../rule';
import { fail, when, type Verdict } from '../../verdict';
import { argumentOf, endsWith, machineWith, ofEachState, TASK, type State } from './definition';

/** Headers that Step Functions rejects. https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html */
const FORBIDDEN = [
  'authorization',
  'connection',
  'content-md5',
  'date',
  'expect',
  'host',
  'max-forwards',
  'proxy-authorization',
  'server',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
  'www-authenticate',
  'x-forwarded-for',
];
const HTTP = { ...TASK, Resource: 'arn:aws:states:::http:invoke' };
const given = {
  ApiEndpoint: 'https://api.example.com',
  Method: 'GET',
  Authentication: { ConnectionArn: 'arn:aws:events:eu-west-1:123456789012:connection/x/y' },
};

/** HTTP Tasks that are not encrypted, or that Step Functions rejects. */
export const httpTask = rule('aws_sfn_state_machine', {
  id: 'SFN010',
  title: 'HTTP Task over plain HTTP or with a header that Step Functions sets',
  severity: 'error',
  why: 'The request goes over the network in clear text, or the Task fails.',
  fix: 'Use https:// and put credentials into the connection.',
  controls: ['SOC 2 CC6.7', 'ISO 27001 A.8.24'],
  check: (machine) =>
    ofEachState(machine, (state) => {
      const isHttp = endsWith(state.subject.value('Resource'), ':http:invoke');
      if (isHttp.verdict === 'fail') return [];
      const endpoint = argumentOf(state, 'ApiEndpoint');
      const isPlain = endpoint.meets(
        (text) => text.startsWith('http://'),
        (outline) => outline.startsWith('…'),
      );
      return when(
        isHttp,
        ...when(isPlain, endpoint.must('start with "https://"')),
        ...['Parameters', 'Arguments'].flatMap((name) => headersOf(state, name)),
      );
    }),
  passes: [machineWith({ ...HTTP, Parameters: given })],
  fails: [
    machineWith({ ...HTTP, Parameters: { ...given, ApiEndpoint: 'http://api.example.com' } }),
    machineWith({ ...HTTP, Parameters: { ...given, Headers: { Authorization: 'Bearer x' } } }),
  ],
});

/** A failure for each header that Step Functions rejects. */
function headersOf({ name, subject }: State, argument: string): readonly Verdict[] {
  const headers = subject.value(`${argument}.Headers`);
  if (isComputed(headers.value)) return [headers.unknown()];
  return Object.keys((headers.value ?? {}) as object)
    .map((header) => header.toLowerCase().replace(/\.\$$/, ''))
    .filter((header) => FORBIDDEN.includes(header) || /^x-amzn?-/.test(header))
    .map((header) =>
      fail(`The Task "${name}" sets the header ${header}.`, {
        property: subject.self.property,
        detail: header,
      }),
    );
}
