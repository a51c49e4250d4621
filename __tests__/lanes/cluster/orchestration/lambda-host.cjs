/*
 * One function of AWS Lambda in a process of its own: loads a bundle as Lambda does, and runs its handler for each
 * request. Started by `lambda.ts` on Node 22.
 */
const { createServer } = require('node:http');
const https = require('node:https');

/** Requests whose host name is not found: `{ runId, method, url, times }`. */
const unresolved = [];
const { request: send } = https;
https.request = (url, options, ...rest) => {
  const agent = String(options.headers?.['user-agent']);
  const found = unresolved.find(
    (each) =>
      each.times > 0 &&
      agent.endsWith(` run/${each.runId}`) &&
      options.method === each.method &&
      new RegExp(each.url).test(url),
  );
  if (found === undefined) return send(url, options, ...rest);
  found.times -= 1;
  const error = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
  const lookup = (_name, _options, done) => done(error);
  return send('https://kubernetes.invalid', { ...options, agent: false, lookup }, ...rest);
};

const { handler } = require(process.argv[2]);

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const event = JSON.parse(Buffer.concat(chunks).toString());
  if (request.url === '/unresolved') {
    unresolved.push(event);
    response.end();
    return;
  }
  let answer;
  try {
    answer = { result: await handler(event, { awsRequestId: 'test' }) };
  } catch (error) {
    // What Lambda makes of an error, and Step Functions reads.
    answer = { errorType: error.name, errorMessage: error.message, trace: String(error.stack).split('\n') };
  }
  response.end(JSON.stringify(answer));
});
// Whoever calls keeps the connection, and must not find it closed.
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('disconnect', () => process.exit());
