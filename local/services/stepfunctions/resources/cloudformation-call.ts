import type { CallContext } from '../../../wire/caller';
import type { ServiceContext } from '../context';

/** As whom CloudFormation acts when a resource provider uses an action; nothing is authorized again. */
export function cloudFormationCall({ host }: ServiceContext): CallContext {
  const { accountId } = host;
  return {
    requestId: 'cloudformation',
    caller: { kind: 'service', principal: 'cloudformation.amazonaws.com', sourceArn: '*', accountId },
  };
}
