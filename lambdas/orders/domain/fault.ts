import type { FaultSource as AnyFaultSource } from '../../shared/faults/fault';

export type { FaultKind, InjectedFault } from '../../shared/faults/fault';

/** An operation whose faults can be turned on. */
export type FaultyOperation =
  | 'charge'
  | 'refund'
  | 'lookupPayment'
  | 'book'
  | 'cancel'
  | 'lookupShipment'
  | 'releaseStock';

/** Where the faults of orders come from; absent in production. */
export type FaultSource = AnyFaultSource<FaultyOperation>;
