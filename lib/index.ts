export * from './audit';
export * from './core';
export * from './defaults';
export * from './gke';
export * from './identity';
export * from './orchestration';
export * from './secrets';
export * from './vertex';
