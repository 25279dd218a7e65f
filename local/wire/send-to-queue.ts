import type { Caller } from './caller';
import type { Host } from './host';

/**
 * Sends a message to the queue of an ARN, as `caller`; `message` has the members of SendMessage but the QueueUrl, and
 * `traceHeader` becomes its AWSTraceHeader.
 */
export async function sendToQueue(
  host: Host,
  caller: Caller,
  queueArn: string,
  message: object,
  traceHeader?: string,
): Promise<void> {
  const [, , , , account, name] = queueArn.split(':');
  const input = { QueueUrl: `${host.endpoint()}/${account}/${name}`, ...message };
  await host.call(caller, 'sqs', 'SendMessage', input, undefined, traceHeader);
}
