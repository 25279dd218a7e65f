import type { CallContext } from '../../../wire/caller';
import { administrator } from '../../../wire/gateway';
import type { ServiceContext } from '../context';

/** As whom CloudFormation acts when a resource provider uses an action; only a KMS key's policy is asked again. */
export function cloudFormationCall({ host }: ServiceContext): CallContext {
  const { accountId } = host;
  return {
    requestId: 'cloudformation',
    caller: administrator(accountId),
  };
}
