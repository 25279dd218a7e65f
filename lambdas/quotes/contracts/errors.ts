export { CarrierThrottled, CarrierTimedOut, CarrierUnavailable, InvalidInput } from '../../orders/contracts/errors';
