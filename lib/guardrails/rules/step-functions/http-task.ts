import { rule } from '../../rule';
import { fail, pass } from '../../verdict';
import { argumentOf, definitionOf, isUnknown, machineWith, TASK } from './definition';

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
  check: (machine) => {
    const definition = definitionOf(machine);
    if (isUnknown(definition)) return definition;
    return definition.states
      .filter(({ subject }) => subject.value('Resource').outline.endsWith(':http:invoke'))
      .flatMap((state) => {
        const endpoint = argumentOf(state, 'ApiEndpoint');
        const headers = ['Parameters', 'Arguments'].map(
          (name) => state.subject.value(`${name}.Headers`).value,
        );
        const names = headers
          .flatMap((each) => Object.keys((each ?? {}) as object))
          .map((name) => name.toLowerCase().replace(/\.\$$/, ''));
        return [
          /^http:\/\//.test(endpoint.outline) ? endpoint.must('start with "https://"') : pass,
          ...names
            .filter(
              (name) => FORBIDDEN.includes(name) || name.startsWith('x-amz-') || name.startsWith('x-amzn-'),
            )
            .map((name) =>
              fail(`The Task "${state.name}" sets the header ${name}.`, {
                property: state.subject.self.property,
                detail: name,
              }),
            ),
        ];
      });
  },
  passes: [machineWith({ ...HTTP, Parameters: given })],
  fails: [
    machineWith({ ...HTTP, Parameters: { ...given, ApiEndpoint: 'http://api.example.com' } }),
    machineWith({ ...HTTP, Parameters: { ...given, Headers: { Authorization: 'Bearer x' } } }),
  ],
});
