import { AwsError } from '../../../wire/aws-error';
import type { Action } from '../../../wire/service';
import { batchIdsNotDistinct, batchTooLong, emptyBatch, invalidBatchId, tooManyBatchEntries } from '../faults';
import type { Topic } from '../model';
import { LIMIT_BYTES, type PublicationInput, publicationBytes, publishTo } from '../publication';
import type { Sns } from '../sns';
import { checkKeyUse } from '../topic-encryption';

type Entry = PublicationInput & { readonly Id?: string };

interface BatchInput {
  readonly TopicArn?: string;
  readonly PublishBatchRequestEntries?: readonly Entry[];
}

const LIMIT_ENTRIES = 10;

/** https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html */
export function publishBatch(sns: Sns): Action<BatchInput> {
  return {
    access: ({ TopicArn }, call) => sns.accessOnTopic('Publish')({ TopicArn }, call),
    handle: async ({ TopicArn, PublishBatchRequestEntries = [] }, { caller, traceHeader }) => {
      const topic = sns.topicOf(TopicArn);
      checkEntries(PublishBatchRequestEntries);
      if (topic.attributes.KmsMasterKeyId) await checkKeyUse(sns.host, topic, caller);
      return publishEach(sns, sns.topicOf(topic.arn), PublishBatchRequestEntries, traceHeader);
    },
  };
}

function checkEntries(entries: readonly Entry[]): void {
  if (entries.length === 0) throw emptyBatch();
  if (entries.length > LIMIT_ENTRIES) throw tooManyBatchEntries();
  if (entries.some(({ Id }) => !/^[A-Za-z0-9_-]{1,80}$/.test(Id ?? ''))) throw invalidBatchId();
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) throw batchIdsNotDistinct();
  if (entries.reduce((bytes, entry) => bytes + publicationBytes(entry), 0) > LIMIT_BYTES) throw batchTooLong();
}

/** What one entry throws is its own failure. */
function publishEach(sns: Sns, topic: Topic, entries: readonly Entry[], traceHeader: string | undefined) {
  const Successful: object[] = [];
  const Failed: object[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...publishTo(sns, topic, entry, traceHeader) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Failed.push({ Id: entry.Id, Code: error.code, Message: error.message, SenderFault: error.fault === 'client' });
    }
  }
  return { Successful, Failed };
}
