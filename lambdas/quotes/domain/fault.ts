import type { FaultSource as AnyFaultSource } from '../../shared/faults/fault';

/** An operation whose faults can be turned on; what its scope names is a country. */
export type FaultyOperation = 'estimateDelivery';

/** Where the faults of quotes come from; absent in production. */
export type FaultSource = AnyFaultSource<FaultyOperation>;
