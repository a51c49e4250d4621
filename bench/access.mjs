import { createRequire } from 'node:module';

/*
 * Counted work of the access graph and of the plan review: CPU of one process for 10,000 resources and 5,000 changes.
 */

const require = createRequire(import.meta.url);
const { accessGraph, AccessQuestions } = require('../dist/lib/access');
const { whyNotIn } = require('../dist/lib/access/why-not/why-not');
const { readPlan, readSynthesizedStack } = require('../dist/lib/model');
const { reviewPlans, reviewMarkdown } = require('../dist/lib/review');

const policy = (...Statement) => JSON.stringify({ Version: '2012-10-17', Statement });
const trust = policy({
  Effect: 'Allow',
  Principal: { Service: 'lambda.amazonaws.com' },
  Action: 'sts:AssumeRole',
});
const read = (index) =>
  policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::bucket-${index}/*` });

function cpu(work) {
  const began = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(began);
  return [result, Math.round((user + system) / 1_000)];
}

function stackOf(count) {
  const resource = {
    aws_iam_role: {},
    aws_iam_role_policy: {},
    aws_lambda_function: {},
    google_project_iam_member: {},
  };
  for (let index = 0; index < count / 4; index++) {
    resource.aws_iam_role[`r${index}`] = { name: `r${index}`, assume_role_policy: trust };
    resource.aws_iam_role_policy[`r${index}`] = { role: `r${index}`, policy: read(index) };
    resource.aws_lambda_function[`r${index}`] = {
      function_name: `f${index}`,
      role: `\${aws_iam_role.r${index}.arn}`,
    };
    resource.google_project_iam_member[`r${index}`] = {
      project: 'p',
      role: 'roles/viewer',
      member: `group:g${index}@example.com`,
    };
  }
  return { stacks: [readSynthesizedStack({ resource }, { name: 'prod' })] };
}

/** CPU of the review of 5,000 changes, of which one in `share` is a policy. */
function reviewed(share) {
  const changes = Array.from({ length: 5_000 }, (_, index) => {
    const isPolicy = index % share === 0;
    const type = isPolicy ? 'aws_iam_role_policy' : 'aws_instance';
    const values = (more) =>
      isPolicy
        ? { role: `r${index}`, policy: read(index + more) }
        : { name: `i${index}`, instance_type: `t${more}` };
    return {
      address: `${type}.x${index}`,
      mode: 'managed',
      type,
      name: `x${index}`,
      provider_name: 'registry.terraform.io/hashicorp/aws',
      change: { actions: ['update'], before: values(0), after: values(1), after_unknown: {} },
    };
  });
  const plan = {
    format_version: '1.2',
    planned_values: { root_module: { resources: [] } },
    resource_changes: changes,
  };
  const [review, milliseconds] = cpu(() => {
    const found = reviewPlans({ stacks: [readPlan(plan, { name: 'prod' })] });
    reviewMarkdown(found);
    return found;
  });
  const memory = Math.round(process.memoryUsage().rss / 1_048_576);
  console.log(`5,000 changes, ${review.access.length} of policies: ${milliseconds} ms CPU, ${memory} MB`);
}

/** CPU of the access graph, of questions about it, and of plan reviews. */
export function benchAccess() {
  for (const count of [1_000, 10_000]) {
    const model = stackOf(count);
    const [graph, milliseconds] = cpu(() => accessGraph(model));
    const questions = new AccessQuestions(graph);
    const [, asked] = cpu(() => questions.why('f1', 'bucket-1'));
    const [, who] = cpu(() => questions.whoCan('s3:GetObject', 'bucket-1'));
    const [ask, prepared] = cpu(() => whyNotIn(model));
    const question = (index) => ({
      identity: `f${index}`,
      permission: 's3:GetObject',
      resource: `s3:bucket-${index + 1}`,
    });
    const [, first] = cpu(() => ask(question(1)));
    const times = Array.from({ length: 9 }, (_, index) => cpu(() => ask(question(index + 2)))[1]);
    const [median] = times.sort((a, b) => a - b).slice(4);
    console.log(
      `${count} resources: graph ${milliseconds} ms, why ${asked} ms, who-can ${who} ms CPU; why-not ${median} ms in the median, the first one ${first} ms, after ${prepared} ms`,
    );
  }
  reviewed(25);
  reviewed(5);
}
