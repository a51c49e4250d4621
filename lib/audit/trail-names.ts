/**
 * Default name of a trail. It does not contain the construct path: a new name replaces the stores, and the records are
 * lost.
 */
export const DEFAULT_NAME = 'audit';
