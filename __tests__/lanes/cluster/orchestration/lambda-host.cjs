/*
 * One function of AWS Lambda in a process of its own: loads a bundle as Lambda does, and runs its handler for each
 * request. Started by `lambda.ts` on Node 22.
 */
const { createServer } = require('node:http');
const { handler } = require(process.argv[2]);

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const event = JSON.parse(Buffer.concat(chunks).toString());
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
