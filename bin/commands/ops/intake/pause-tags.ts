import { ListQueueTagsCommand, TagQueueCommand, UntagQueueCommand } from '@aws-sdk/client-sqs';
import type { Aws } from '../aws';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-tags.html */
const LONGEST_VALUE = 256;

/**
 * Tags of a queue by which one run of a command tells a later one what it did: for each thing when, and by whom. They outlive a deployment.
 * It needs `sqs:ListQueueTags`, `TagQueue` and `UntagQueue`.
 */
export class PauseTags {
  constructor(
    private readonly aws: Aws,
    private readonly queueUrl: string,
    private readonly prefix: string,
  ) {}

  /** What is remembered, by what it is about: `<when> <who>`. */
  async read(): Promise<Map<string, string>> {
    const { Tags = {} } = await this.aws.sqs.send(new ListQueueTagsCommand({ QueueUrl: this.queueUrl }));
    return new Map(
      Object.entries(Tags)
        .filter(([name]) => name.startsWith(this.prefix))
        .map(([name, value]) => [name.slice(this.prefix.length), value]),
    );
  }

  /** Remembers these, at this moment and by whoever types. */
  async write(names: readonly string[]): Promise<void> {
    if (names.length === 0) return;
    const value = `${new Date().toISOString()} ${await this.aws.caller()}`.slice(0, LONGEST_VALUE);
    const Tags = Object.fromEntries(names.map((name) => [`${this.prefix}${name}`, value]));
    await this.aws.sqs.send(new TagQueueCommand({ QueueUrl: this.queueUrl, Tags }));
  }

  /** Forgets these. */
  async remove(names: readonly string[]): Promise<void> {
    if (names.length === 0) return;
    const TagKeys = names.map((name) => `${this.prefix}${name}`);
    await this.aws.sqs.send(new UntagQueueCommand({ QueueUrl: this.queueUrl, TagKeys }));
  }
}

/** The tags that say what was paused. */
export const pausedTags = (aws: Aws, queueUrl: string) => new PauseTags(aws, queueUrl, 'stepwright:paused:');

/** The tags that say what runs again, and has not made good yet what it missed. */
export const resumedTags = (aws: Aws, queueUrl: string) => new PauseTags(aws, queueUrl, 'stepwright:resumed:');
