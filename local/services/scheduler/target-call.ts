/** Owns the call of another service that each target is; every one is made as the target's role. */
import { AwsError } from '../../wire/aws-error';
import type { Caller } from '../../wire/caller';
import type { Host } from '../../wire/host';
import { sendToQueue } from '../../wire/send-to-queue';
import type { Invocation, Target } from './model';
import { serviceOf } from './target-check';
import { isUniversal, readUniversal, universalInput } from './universal-target';

/** The service principal that roles of targets must trust, and that callers may pass them to. */
export const SCHEDULER = 'scheduler.amazonaws.com';

/** Hands `input` to the target; rejects with what the target's service answers. */
export async function callTarget(host: Host, caller: Caller, invocation: Invocation, input: string): Promise<void> {
  const { target } = invocation;
  if (isUniversal(target.Arn)) {
    const call = readUniversal(target);
    await host.call(caller, call.service, call.action, universalInput(call, input));
    return;
  }
  switch (serviceOf(target.Arn)) {
    case 'sqs':
      await sendToQueue(host, caller, target.Arn, { MessageBody: input, ...target.SqsParameters });
      return;
    case 'sns':
      await host.call(caller, 'sns', 'Publish', { TopicArn: target.Arn, Message: input });
      return;
    case 'lambda':
      await host.call(caller, 'lambda', 'Invoke', {
        FunctionName: target.Arn,
        InvocationType: 'Event',
        Payload: Buffer.from(input),
      });
      return;
    case 'states':
      await host.call(caller, 'states', 'StartExecution', { stateMachineArn: target.Arn, input });
      return;
    default:
      await putEvent(host, caller, target, input);
  }
}

async function putEvent(host: Host, caller: Caller, target: Target, input: string): Promise<void> {
  const { DetailType, Source } = target.EventBridgeParameters!;
  const { Entries } = await host.call(caller, 'events', 'PutEvents', {
    Entries: [{ EventBusName: target.Arn, DetailType, Source, Detail: input }],
  });
  if (Entries[0].ErrorCode) throw new AwsError(Entries[0].ErrorCode, Entries[0].ErrorMessage);
}
