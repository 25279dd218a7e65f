import { type Command, InvalidArgumentError, Option } from 'commander';
import { printable } from '../../printable';
import { Aws } from '../aws';
import { opsCommand } from '../ops-command';
import { duration, table } from '../table';
import { adviceFor } from './advice';
import { MESSAGE_CLASSES, type MessageClass } from './classify';
import { addDeleteCommand } from './delete-command';
import { destinationOf, judge } from './facts';
import type { DeadLetter } from './message';
import { canMoveAll, moveAll } from './move-all';
import { chooseQueue, type DeadLetterQueue, deadLetterQueues, oldestAges } from './queues';
import { giveBack, MOST_SHOWN, peek, receiveBatch } from './receive';
import { redact } from './redact';
import { type Replayed, replay } from './replay';
import { deleteFrom, queueUrlOf, sendTo } from './send';

/** The most that SQS moves: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html */
const FASTEST_PER_SECOND = 500;

interface ReplayFlags {
  readonly outputs?: string;
  readonly only?: MessageClass | 'all';
  readonly message?: string[];
  readonly rate: number;
  readonly dryRun?: boolean;
}

/** `dlq list|show|replay|delete`. */
export function addDlqCommands(program: Command): void {
  const dlq = program.command('dlq').description('messages that failed, and those parked for a person');
  opsCommand(dlq, 'list', 'every dead-letter and review queue: how many messages, how old, what they mean').action(
    ({ outputs, json }: { outputs?: string; json?: boolean }) => Aws.using(outputs, (aws) => list(aws, json)),
  );
  opsCommand(
    dlq,
    'show <queue>',
    'looks at the messages of a queue without consuming them; each look counts as a receipt',
  )
    .addOption(new Option('--only <class>', 'only those of a class').choices(MESSAGE_CLASSES))
    .action((name: string, { outputs, json, only }: { outputs?: string; json?: boolean; only?: MessageClass }) =>
      Aws.using(outputs, (aws) => show(aws, name, { json, only })),
    );
  opsCommand(dlq, 'replay <queue>', 'sends messages back to the queue that they failed in, and deletes them here')
    .addOption(
      new Option('--only <class>', 'which ones; retryable when left out, all leaves it to SQS').choices([
        ...MESSAGE_CLASSES,
        'all',
      ]),
    )
    .option('--message <id...>', 'only these messages, whatever their class')
    .option('--rate <number>', 'messages per second', readRate, 10)
    .option('--dry-run', 'only say what would be sent')
    .action((name: string, flags: ReplayFlags) => Aws.using(flags.outputs, (aws) => replayQueue(aws, name, flags)));
  addDeleteCommand(dlq);
}

async function list(aws: Aws, isJson = false): Promise<void> {
  const queues = await deadLetterQueues(aws);
  const ages = await oldestAges(
    aws,
    queues.filter(({ depth }) => depth > 0),
  );
  const rows = queues
    .map((queue) => ({ queue, age: ages.get(queue.arn), ...adviceFor(queue.name) }))
    .sort((a, b) => b.queue.depth - a.queue.depth || a.queue.name.localeCompare(b.queue.name));
  if (isJson) {
    for (const { queue, age, means, may } of rows) {
      const { name, arn, depth, inFlight, sourceArns, stack } = queue;
      console.log(
        JSON.stringify({ name, stack: stack.name, arn, depth, inFlight, oldestSeconds: age, sourceArns, means, may }),
      );
    }
    return;
  }
  console.log(
    table(
      ['queue', 'messages', 'in flight', 'oldest', 'what they are'],
      rows.map(({ queue: { name, depth, inFlight }, age, means }) => [
        name,
        depth,
        inFlight,
        depth === 0 ? '' : age === undefined ? 'not known yet' : duration(age),
        means,
      ]),
    ),
  );
  for (const { queue, may } of rows.filter(({ queue }) => queue.depth > 0)) console.log(`\n${queue.name}: ${may}.`);
}

async function show(aws: Aws, name: string, { json, only }: { json?: boolean; only?: MessageClass }): Promise<void> {
  const queue = chooseQueue(await deadLetterQueues(aws), name);
  const messages = await peek(aws.sqs, queue.url);
  let count = 0;
  for (const message of messages) {
    const verdict = await judge(aws, queue, message);
    if (only && verdict.messageClass !== only) continue;
    count++;
    const sentAt = new Date(message.sentAtMs).toISOString();
    const { messageId, groupId, receiveCount } = message;
    const attributes = shownAttributes(message);
    const body = redact(message.body);
    if (json) console.log(JSON.stringify({ messageId, ...verdict, sentAt, receiveCount, groupId, attributes, body }));
    else {
      console.log(`${messageId}  ${verdict.messageClass}: ${printable(redact(verdict.why))}`);
      console.log(`  sent ${sentAt}, received ${receiveCount} times${groupId ? `, group ${printable(groupId)}` : ''}`);
      for (const [attribute, value] of Object.entries(attributes))
        console.log(`  ${printable(attribute)}: ${printable(value)}`);
      console.log(`  ${printable(body)}`);
    }
  }
  if (json) return;
  console.log(
    count === 0 ? `${queue.name} has nothing to show.` : `\n${count} messages. ${adviceFor(queue.name).may}.`,
  );
  if (messages.length === MOST_SHOWN) console.log(`Only the first ${MOST_SHOWN} that SQS gave are shown.`);
}

function shownAttributes(message: DeadLetter): Record<string, string> {
  return Object.fromEntries(
    Object.entries(message.attributes).map(([name, { StringValue }]) => [
      name,
      StringValue === undefined ? '[binary]' : redact(StringValue),
    ]),
  );
}

async function replayQueue(aws: Aws, name: string, flags: ReplayFlags): Promise<void> {
  const queue = chooseQueue(await deadLetterQueues(aws), name);
  if (queue.isForPeople) throw new Error(`${queue.name} is read by people: there is no queue to send its messages to.`);
  if (flags.only === 'all' && !flags.message && !flags.dryRun && canMoveAll(queue)) {
    const { moved, failure } = await moveAll(aws, queue, flags.rate);
    console.log(`SQS moved ${moved} messages of ${queue.name} to ${queue.sourceArns[0]}.`);
    if (failure) throw new Error(`It stopped then: ${failure}.`);
    return;
  }
  const looked = await replayOneByOne(aws, queue, flags);
  for (const { message, verdict, to, outcome } of looked) {
    const where = to && outcome !== 'left' ? ` to ${to.split(':').pop()}` : '';
    console.log(`${message.messageId}  ${outcome}${where}  ${verdict.messageClass}: ${printable(redact(verdict.why))}`);
  }
  console.log(summary(looked, queue));
}

function replayOneByOne(aws: Aws, queue: DeadLetterQueue, flags: ReplayFlags): Promise<Replayed[]> {
  const urls = new Map<string, Promise<string>>();
  const urlOf = (arn: string) => {
    const url = urls.get(arn) ?? queueUrlOf(aws.sqs, arn);
    urls.set(arn, url);
    return url;
  };
  return replay(
    {
      receive: () => receiveBatch(aws.sqs, queue.url),
      judge: (message) => judge(aws, queue, message),
      destinationOf: (message) => destinationOf(queue, message),
      send: async (message, arn) => sendTo(aws.sqs, await urlOf(arn), message),
      delete: (message) => deleteFrom(aws.sqs, queue.url, message),
      giveBack: (messages) => giveBack(aws.sqs, queue.url, messages),
      record: (...acts) => aws.operatorLog.write(queue.stack, ...acts.map((act) => ({ ...act, from: queue.arn }))),
      pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      now: () => Date.now(),
    },
    {
      classes: flags.only === 'all' ? MESSAGE_CLASSES : [flags.only ?? 'retryable'],
      messageIds: flags.message,
      isDryRun: flags.dryRun ?? false,
      perSecond: flags.rate,
    },
  );
}

function summary(looked: readonly Replayed[], { name }: DeadLetterQueue): string {
  if (looked.length === 0) return `${name} has no message that can be received now.`;
  const counts = new Map<string, number>();
  for (const { outcome } of looked) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const words = [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
  const doubled = counts.has('doubled')
    ? ' What is doubled was sent and could not be deleted: it may be sent again.'
    : '';
  return `Of ${looked.length} messages of ${name}: ${words}.${doubled}`;
}

function readRate(text: string): number {
  const rate = Number(text);
  if (Number.isInteger(rate) && rate >= 1 && rate <= FASTEST_PER_SECOND) return rate;
  throw new InvalidArgumentError(`must be a whole number from 1 to ${FASTEST_PER_SECOND}.`);
}
