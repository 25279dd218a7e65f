import { documentKeyOf } from '../../../../bin/commands/ingest/ingestion-stack';
import { classify, type Facts } from '../../../../bin/commands/ops/dlq/classify';
import type { DeadLetter } from '../../../../bin/commands/ops/dlq/message';
import { chooseQueue, type DeadLetterQueue } from '../../../../bin/commands/ops/dlq/queues';
import { redact } from '../../../../bin/commands/ops/dlq/redact';
import { subjectOf } from '../../../../bin/commands/ops/dlq/subject';

const TOKEN = `AQC${'x'.repeat(300)}`;

describe('redacting a message', () => {
  it.each([
    [
      { taskToken: TOKEN, title: 'Order' },
      { taskToken: '[secret]', title: 'Order' },
    ],
    [{ a: [{ note: `it is ${TOKEN}` }] }, { a: [{ note: 'it is [secret]' }] }],
    [{ to: 'Ada <ada@example.com>, bob@example.com' }, { to: 'Ada <[address]>, [address]' }],
    [{ see: 'https://example.com/r/abc?x=1 please' }, { see: '[link] please' }],
    [{ 'ada@example.com': 1 }, { '[address]': 1 }],
    [
      { inner: JSON.stringify({ taskToken: TOKEN }), hash: 'a'.repeat(64) },
      { inner: '{"taskToken":"[secret]"}', hash: 'a'.repeat(64) },
    ],
    [
      { executionArn: `arn:aws:states:us-east-1:123456789012:execution:saga:${'o'.repeat(80)}` },
      { executionArn: `arn:aws:states:us-east-1:123456789012:execution:saga:${'o'.repeat(80)}` },
    ],
  ])('makes of %j %j', (body, shown) => {
    expect(JSON.parse(redact(JSON.stringify(body)))).toEqual(shown);
  });

  it('redacts a text that is no JSON', () => {
    expect(redact(`{broken ada@example.com ${TOKEN}`)).toBe('{broken [address] [secret]');
  });
});

describe('what a message speaks of', () => {
  const event = (detail: object) => JSON.stringify({ detail });
  it.each([
    [event({ orderId: 'o-1' }), { kind: 'order', orderId: 'o-1' }],
    [event({ orderId: 'o-1', eventId: 'o-1:OrderConfirmed' }), { kind: 'unknown' }],
    [event({ executionArn: 'arn', name: 'o-1.undo2' }), { kind: 'order', orderId: 'o-1' }],
    [event({ executionArn: 'arn', name: 'o-1.undo-by-hand-1' }), { kind: 'order', orderId: 'o-1' }],
    [
      event({ bucket: { name: 'b' }, object: { key: 'documents/acme/a/b.md', 'version-id': 'v', sequencer: '0A' } }),
      { kind: 'document', documentKey: documentKeyOf('acme', 'a/b.md'), versionId: 'v', sequencer: '0A' },
    ],
    [
      JSON.stringify({ kind: 'ask', requestKey: 'arn:aws:states:x:execution:m:e/Ask/2026' }),
      { kind: 'ask', executionArn: 'arn:aws:states:x:execution:m:e' },
    ],
    [JSON.stringify({ DDBStreamBatchInfo: {} }), { kind: 'pointer' }],
    [event({ object: { key: 'elsewhere' } }), { kind: 'unknown' }],
    ['null', { kind: 'unknown' }],
    ['{', { kind: 'unknown' }],
  ])('reads %s', (body, subject) => {
    expect(subjectOf(body)).toEqual(subject);
  });
});

describe('classifying a message', () => {
  const letter = (attributes: Record<string, string> = {}): DeadLetter => ({
    messageId: 'm',
    receiptHandle: 'r',
    body: '{}',
    sentAtMs: 0,
    receiveCount: 1,
    attributes: Object.fromEntries(
      Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
    ),
  });
  const facts: Facts = { subject: { kind: 'unknown' }, isForPeople: false, destinationArn: 'arn:queue' };

  it.each<[string, Record<string, string>, Partial<Facts>]>([
    ['retryable', {}, {}],
    ['retryable', { ERROR_CODE: 'SDK_CLIENT_ERROR' }, {}],
    ['poison', { reason: 'no lines', errorName: 'InvalidOrder' }, {}],
    ['poison', { reason: 'no lines' }, { outcome: 'the order has its end' }],
    ['done', {}, { outcome: 'the order has its end' }],
    ['pointer', {}, { subject: { kind: 'pointer' } }],
    ['pointer', {}, { destinationArn: undefined }],
    ['person', { reason: 'UndoFailed' }, { isForPeople: true }],
  ])('calls it %s with the attributes %j and the facts %j', (messageClass, attributes, more) => {
    expect(classify(letter(attributes), { ...facts, ...more }).messageClass).toBe(messageClass);
  });

  it('says why, in the words of what refused it', () => {
    expect(classify(letter({ reason: 'no lines', errorName: 'InvalidOrder' }), facts).why).toBe(
      'InvalidOrder: no lines',
    );
  });
});

describe('choosing a queue', () => {
  const queue = (name: string) => ({ name, arn: `arn:${name}`, url: `url/${name}` }) as DeadLetterQueue;
  const queues = ['ReviewQueue', 'IngestReviewQueue', 'OrderDeadLetterQueue'].map(queue);

  it.each([
    ['ReviewQueue', 'ReviewQueue'],
    ['arn:IngestReviewQueue', 'IngestReviewQueue'],
    ['orderdead', 'OrderDeadLetterQueue'],
  ])('takes %s for %s', (text, name) => {
    expect(chooseQueue(queues, text).name).toBe(name);
  });

  it.each([
    ['review', '"review" means several queues: ReviewQueue, IngestReviewQueue.'],
    ['none', 'No queue is called "none": ReviewQueue, IngestReviewQueue, OrderDeadLetterQueue.'],
  ])('rejects %s', (text, message) => {
    expect(() => chooseQueue(queues, text)).toThrow(message);
  });
});
