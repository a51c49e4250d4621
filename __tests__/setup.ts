import { skipStackTraces } from '../lib/core/stack-traces';

skipStackTraces();
