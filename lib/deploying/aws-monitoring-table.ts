import { actionsOf, HERE, passes } from './aws-actions';
import type { AwsTypePermissions } from './type-permissions';

const LOG_GROUP = ['', ':*'].map((end) => `arn:{partition}:logs:${HERE}:log-group:{name}${end}`);

/** Needs of the resource types of CloudWatch, CloudWatch Logs and CloudTrail. */
export const AWS_MONITORING_RESOURCES: Readonly<Record<string, AwsTypePermissions>> = {
  aws_cloudtrail: {
    arns: [`arn:{partition}:cloudtrail:${HERE}:trail/{name}`],
    ...actionsOf('cloudtrail', {
      create: 'CreateTrail AddTags StartLogging PutEventSelectors PutInsightSelectors',
      read: 'GetTrailStatus GetEventSelectors GetInsightSelectors ListTags',
      update: 'UpdateTrail AddTags RemoveTags StartLogging StopLogging PutEventSelectors PutInsightSelectors',
      delete: 'DeleteTrail',
    }),
    unrestricted: ['cloudtrail:DescribeTrails'],
    references: passes('cloud_watch_logs_role_arn', 'cloudtrail'),
  },
  aws_cloudwatch_dashboard: {
    arns: ['arn:{partition}:cloudwatch::{account}:dashboard/{dashboard_name}'],
    ...actionsOf('cloudwatch', {
      create: 'PutDashboard',
      read: 'GetDashboard',
      update: 'PutDashboard',
      delete: 'DeleteDashboards',
    }),
  },
  aws_cloudwatch_log_group: {
    arns: LOG_GROUP,
    ...actionsOf('logs', {
      create: 'CreateLogGroup PutRetentionPolicy TagResource',
      read: 'ListTagsForResource',
      update: 'PutRetentionPolicy DeleteRetentionPolicy TagResource UntagResource',
      delete: 'DeleteLogGroup',
    }),
    unrestricted: ['logs:DescribeLogGroups'],
    references: [{ attribute: 'kms_key_id', actions: ['kms:DescribeKey'] }],
  },
  aws_cloudwatch_log_metric_filter: {
    of: 'log_group_name',
    arns: LOG_GROUP.map((arn) => arn.replace('{name}', '{log_group_name}')),
    ...actionsOf('logs', {
      create: 'PutMetricFilter',
      read: 'DescribeMetricFilters',
      update: 'PutMetricFilter',
      delete: 'DeleteMetricFilter',
    }),
  },
  aws_cloudwatch_metric_alarm: {
    arns: [`arn:{partition}:cloudwatch:${HERE}:alarm:{alarm_name}`],
    ...actionsOf('cloudwatch', {
      create: 'PutMetricAlarm TagResource',
      read: 'DescribeAlarms ListTagsForResource',
      update: 'PutMetricAlarm TagResource UntagResource',
      delete: 'DeleteAlarms',
    }),
  },
};
