import type { Action } from '../../../wire/service';
import type { ServiceContext } from '../service-context';

/**
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeLimits.html: the quotas of a new account, which nothing here
 * is held to.
 */
export function describeLimits(_context: ServiceContext): Action {
  return {
    access: () => [{ action: 'dynamodb:DescribeLimits', resource: '*' }],
    handle: () => ({
      AccountMaxReadCapacityUnits: 80_000,
      AccountMaxWriteCapacityUnits: 80_000,
      TableMaxReadCapacityUnits: 40_000,
      TableMaxWriteCapacityUnits: 40_000,
    }),
  };
}
