import type { Action } from '../../../wire/service';
import { constraintError } from '../request';
import type { ServiceContext } from '../service-context';

const PAGE_LIMIT = 100;

/**
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListBackups.html: there are none, since none can be made. Throws
 * ValidationException for a Limit beyond 1 to 100.
 */
export function listBackups(_context: ServiceContext): Action<{ Limit?: number }> {
  return {
    access: () => [{ action: 'dynamodb:ListBackups', resource: '*' }],
    handle({ Limit = PAGE_LIMIT }) {
      if (!(Limit >= 1 && Limit <= PAGE_LIMIT)) {
        const bound = Limit < 1 ? 'greater than or equal to 1' : `less than or equal to ${PAGE_LIMIT}`;
        throw constraintError(
          `Value '${Limit}' at 'limit' failed to satisfy constraint: Member must have value ${bound}`,
        );
      }
      return { BackupSummaries: [] };
    },
  };
}
