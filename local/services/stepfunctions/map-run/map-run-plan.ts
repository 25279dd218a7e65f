import type { Command } from '../../../engine/contract';

/** What the engine asks a Map Run to do. */
export type Plan = Extract<Command, { kind: 'startMapRun' }>;
