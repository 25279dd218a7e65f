import type { Caller } from './caller';
import type { Host } from './host';

/** Sends a message to the queue of an ARN, as `caller`; `message` has the members of SendMessage but the QueueUrl. */
export async function sendToQueue(host: Host, caller: Caller, queueArn: string, message: object): Promise<void> {
  const [, , , , account, name] = queueArn.split(':');
  await host.call(caller, 'sqs', 'SendMessage', { QueueUrl: `${host.endpoint()}/${account}/${name}`, ...message });
}
