import type { Rule } from '../../rule';
import { bypassedAlias } from './bypassed-alias';
import { callbackToken } from './callback-token';
import { catchAllOrder } from './catch-all-order';
import { choiceDefault } from './choice-default';
import { expressCallback } from './express-callback';
import { functionAlias } from './function-alias';
import { heartbeat } from './heartbeat';
import { httpPermission } from './http-permission';
import { httpTask } from './http-task';
import { machineLogging } from './machine-logging';
import { machineTimeout } from './machine-timeout';
import { pollBudget } from './poll-budget';
import { taskTimeout } from './task-timeout';
import { undeliveredEvent } from './undelivered-event';
import { uselessRetry } from './useless-retry';

/** Rules for state machines and what starts them. */
export const stepFunctionsRules: readonly Rule[] = [
  taskTimeout,
  machineTimeout,
  heartbeat,
  callbackToken,
  catchAllOrder,
  pollBudget,
  expressCallback,
  uselessRetry,
  functionAlias,
  httpTask,
  httpPermission,
  choiceDefault,
  machineLogging,
  undeliveredEvent,
  bypassedAlias,
];
