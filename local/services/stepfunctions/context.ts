import type { Host } from '../../wire/host';
import type { ActivityDesk } from './activity-desk';
import type { ArnMaker } from './arn';
import type { Driver } from './driver';
import type { ExecutionEncryption } from './execution-encryption';
import type { ExpressBilling } from './express-billing';
import type { Pager } from './page';
import type { StepFunctionsStore } from './store';
import type { ExecutionTraces } from './tracing/execution-traces';

/** What the actions of this service share. */
export interface ServiceContext {
  readonly host: Host;
  readonly store: StepFunctionsStore;
  readonly driver: Driver;
  readonly activities: ActivityDesk;
  readonly encryption: ExecutionEncryption;
  readonly billing: ExpressBilling;
  readonly traces: ExecutionTraces;
  readonly arns: ArnMaker;
  readonly pager: Pager;
}

/** Seconds since the epoch, as JSON protocols write a time. */
export function seconds(ms: number): number;
export function seconds(ms: number | undefined): number | undefined;
export function seconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 1000;
}
