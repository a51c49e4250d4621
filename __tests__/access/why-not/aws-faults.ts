import type { Editor } from './editor';
import type { Fault } from './fault';

const MACHINE_ROLE = 'nightly_role';
const FUNCTION_ROLE = 'etl_functions_submit_role';
const TARGET_ROLE = 'etl_functions_role';
const FUNCTION = 'arn:aws:lambda:us-east-1:333333333333:function';

/** Replaces the first Lambda function in the policy of the state machine. */
const replaceFunction = (edit: Editor, arn: string) =>
  edit.machinePolicy((statement) => {
    statement.Resource = (statement.Resource as string[]).map((each) =>
      each.includes(':etl-gke-jobs') ? arn : each,
    );
  });

/** Faults of AWS: the state machine, its functions and their roles. */
export const awsFaults: readonly Fault[] = [
  // The state machine and its role.
  {
    name: 'the machine runs as a role for Lambda',
    stage: 'execution role',
    plant: (edit) => (edit.machine.role_arn = 'arn:aws:iam::333333333333:role/warehouse-load-gate'),
  },
  {
    name: 'the machine runs as a role that no stack has',
    stage: 'execution role',
    plant: (edit) => (edit.machine.role_arn = 'arn:aws:iam::333333333333:role/other'),
  },
  {
    name: 'the role of the machine trusts Lambda',
    stage: 'trust',
    plant: (edit) =>
      edit.trust(MACHINE_ROLE, (each) => (each.Principal = { Service: 'lambda.amazonaws.com' })),
  },
  {
    name: 'the role of the machine trusts another account',
    stage: 'condition',
    plant: (edit) =>
      edit.trust(MACHINE_ROLE, (each) => (each.Condition.StringEquals['aws:SourceAccount'] = '444444444444')),
  },
  {
    name: 'the role of the machine trusts another machine',
    stage: 'condition',
    plant: (edit) =>
      edit.trust(
        MACHINE_ROLE,
        (each) =>
          (each.Condition.ArnLike['aws:SourceArn'] =
            'arn:aws:states:us-east-1:333333333333:stateMachine:weekly'),
      ),
  },
  {
    name: 'the trust of the machine denies',
    stage: 'denial',
    plant: (edit) =>
      edit.addStatement('aws_iam_role', MACHINE_ROLE, 'assume_role_policy', {
        Effect: 'Deny',
        Principal: { Service: 'states.amazonaws.com' },
        Action: 'sts:AssumeRole',
      }),
  },
  {
    name: 'the role of the machine trusts for another action',
    stage: 'trust',
    plant: (edit) => edit.trust(MACHINE_ROLE, (each) => (each.Action = 'sts:TagSession')),
  },
  // The state machine invokes the function.
  {
    name: 'another function in the policy of the machine',
    stage: 'policy',
    plant: (edit) => replaceFunction(edit, `${FUNCTION}:etl-gke-job:live`),
  },
  {
    name: 'a function of another name in the policy of the machine',
    stage: 'policy',
    plant: (edit) => replaceFunction(edit, `${FUNCTION}:loader`),
  },
  {
    name: 'another action in the policy of the machine',
    stage: 'policy',
    plant: (edit) => edit.machinePolicy((each) => (each.Action = ['lambda:GetFunction'])),
  },
  {
    name: 'a misspelt action in the policy of the machine',
    stage: 'policy',
    plant: (edit) => edit.machinePolicy((each) => (each.Action = 'lambda:Invoke')),
  },
  // The function and its role.
  {
    name: 'the function runs as a role that no stack has',
    stage: 'execution role',
    plant: (edit) => (edit.lambda.role = 'arn:aws:iam::333333333333:role/other'),
  },
  {
    name: 'the function runs as the role of the machine',
    stage: 'execution role',
    plant: (edit) => (edit.lambda.role = 'arn:aws:iam::333333333333:role/nightly-etl-cleanup-start'),
  },
  {
    name: 'the role of the function trusts state machines',
    stage: 'trust',
    plant: (edit) => edit.trust(FUNCTION_ROLE, (each) => (each.Principal.Service = 'states.amazonaws.com')),
  },
  {
    name: 'the role of the function denies',
    stage: 'denial',
    plant: (edit) =>
      edit.addStatement('aws_iam_role', FUNCTION_ROLE, 'assume_role_policy', {
        Effect: 'Deny',
        Principal: '*',
        Action: 'sts:*',
      }),
  },
  {
    name: 'the role of the function trusts another account',
    stage: 'condition',
    plant: (edit) =>
      edit.trust(
        FUNCTION_ROLE,
        (each) => (each.Condition = { StringEquals: { 'aws:SourceAccount': '444444444444' } }),
      ),
  },
  // The function becomes the role that Google knows.
  {
    name: 'the trust of the target names another role',
    stage: 'trust',
    plant: (edit) =>
      edit.trust(TARGET_ROLE, (each) => (each.Principal.AWS = 'arn:aws:iam::333333333333:role/etl-gke-job')),
  },
  {
    name: 'the trust of the target names a role of another account',
    stage: 'trust',
    plant: (edit) =>
      edit.trust(TARGET_ROLE, (each) => (each.Principal.AWS = ['arn:aws:iam::333333333333:user/loader'])),
  },
  {
    name: 'the trust of the target has another action',
    stage: 'trust',
    plant: (edit) => edit.trust(TARGET_ROLE, (each) => (each.Action = 'sts:AssumeRoleWithWebIdentity')),
  },
  {
    name: 'the trust of the target wants another caller',
    stage: 'condition',
    plant: (edit) =>
      edit.trust(
        TARGET_ROLE,
        (each) => (each.Condition.ArnEquals = { 'aws:PrincipalArn': 'arn:aws:iam::333333333333:role/x' }),
      ),
  },
  {
    name: 'the trust of the target wants another account',
    stage: 'condition',
    plant: (edit) =>
      edit.trust(
        TARGET_ROLE,
        (each) => (each.Condition.StringEquals = { 'aws:PrincipalAccount': '444444444444' }),
      ),
  },
  {
    name: 'the trust of the target denies the role',
    stage: 'denial',
    plant: (edit) =>
      edit.addStatement('aws_iam_role', TARGET_ROLE, 'assume_role_policy', {
        Effect: 'Deny',
        Principal: { AWS: 'arn:aws:iam::333333333333:role/etl-gke-jobs' },
        Action: 'sts:AssumeRole',
      }),
  },
  {
    name: 'the target can be created before the role in its trust',
    stage: 'dependency',
    plant: (edit) => delete edit.find('aws_iam_role', TARGET_ROLE).depends_on,
  },
];
