import { type Command, Option } from 'commander';
import { printable } from '../../printable';
import { Aws } from '../aws';
import { opsCommand } from '../ops-command';
import { MESSAGE_CLASSES, type MessageClass } from './classify';
import { discard } from './discard';
import { judge } from './facts';
import { chooseQueue, deadLetterQueues } from './queues';
import { giveBack, MOST_SHOWN, receiveAll } from './receive';
import { redact } from './redact';
import { deleteFrom } from './send';

interface DeleteFlags {
  readonly outputs?: string;
  readonly json?: boolean;
  readonly message?: string[];
  readonly only?: MessageClass;
  readonly reason: string;
  readonly dryRun?: boolean;
}

/** `dlq delete`: for what is settled, or can never succeed. */
export function addDeleteCommand(dlq: Command): void {
  opsCommand(dlq, 'delete <queue>', 'deletes messages for good, once what they speak of is settled')
    .option('--message <id...>', 'these messages')
    .addOption(new Option('--only <class>', 'all messages of a class').choices(MESSAGE_CLASSES).conflicts('message'))
    .requiredOption('--reason <text>', 'why; it is recorded')
    .option('--dry-run', 'only say what would be deleted')
    .action((name: string, flags: DeleteFlags) => Aws.using(flags.outputs, (aws) => deleteMessages(aws, name, flags)));
}

async function deleteMessages(aws: Aws, name: string, flags: DeleteFlags): Promise<void> {
  if (!flags.message && !flags.only) throw new Error('Which messages? Give --message ID… or --only CLASS.');
  const queue = chooseQueue(await deadLetterQueues(aws), name);
  const looked = await discard(
    {
      receiveAll: () => receiveAll(aws.sqs, queue.url, MOST_SHOWN),
      judge: (message) => judge(aws, queue, message),
      delete: (message) => deleteFrom(aws.sqs, queue.url, message),
      giveBack: (messages) => giveBack(aws.sqs, queue.url, messages),
      record: (...acts) => aws.operatorLog.write(queue.stack, ...acts.map((act) => ({ ...act, from: queue.arn }))),
    },
    {
      messageIds: flags.message,
      messageClass: flags.only,
      reason: flags.reason,
      isDryRun: flags.dryRun ?? false,
    },
  );
  for (const { message, verdict, outcome } of looked) {
    const { messageId } = message;
    if (flags.json) console.log(JSON.stringify({ messageId, outcome, ...verdict }));
    else console.log(`${messageId}  ${outcome}  ${verdict.messageClass}: ${printable(redact(verdict.why))}`);
  }
  const missing = flags.message?.filter((id) => !looked.some(({ message }) => message.messageId === id)) ?? [];
  if (missing.length > 0) {
    throw new Error(`${queue.name} has no message ${missing.join(', ')} that can be received now.`);
  }
  const count = looked.filter(({ outcome }) => outcome !== 'left').length;
  if (!flags.json) {
    console.log(`Of ${looked.length} messages of ${queue.name}: ${count} ${flags.dryRun ? 'would be ' : ''}deleted.`);
  }
}
