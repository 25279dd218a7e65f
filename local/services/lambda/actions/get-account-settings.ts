import { type ActionFactory, anyAccess } from '../lambda-parts';
import { ACCOUNT_CONCURRENCY, unreservedConcurrency } from '../reserved-concurrency';

const CODE_STORAGE_LIMIT_BYTES = 75 * 2 ** 30;
const UNPACKED_LIMIT_BYTES = 262_144_000;
const PACKED_LIMIT_BYTES = 52_428_800;

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html */
export const getAccountSettings: ActionFactory = ({ store }) => ({
  access: anyAccess('GetAccountSettings'),
  handle() {
    const functions = store.listFunctions();
    const versions = functions.flatMap((entry) => [entry.latest, ...entry.versions.values()]);
    return {
      AccountLimit: {
        TotalCodeSize: CODE_STORAGE_LIMIT_BYTES,
        CodeSizeUnzipped: UNPACKED_LIMIT_BYTES,
        CodeSizeZipped: PACKED_LIMIT_BYTES,
        ConcurrentExecutions: ACCOUNT_CONCURRENCY,
        UnreservedConcurrentExecutions: unreservedConcurrency(store),
      },
      AccountUsage: {
        TotalCodeSize: versions.reduce((total, { CodeSize }) => total + CodeSize, 0),
        FunctionCount: functions.length,
      },
    };
  },
});
