import type { Json } from '../../../engine/contract';
import { AwsError } from '../../../wire/aws-error';
import type { Caller } from '../../../wire/caller';
import type { Host } from '../../../wire/host';
import { TaskFault } from '../integrations/integration';
import { csvItems } from './csv-items';
import type { Plan } from './map-run-plan';
import { bodyChunks, linesOf } from './object-text';

/** Items that are handed on together. */
const CHUNK = 100;

type Reader = NonNullable<Plan['reader']>;
type Fields = { readonly [key: string]: Json };

/**
 * The items of a Map Run in chunks: from the state's input, or read from S3 while children already run.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html
 */
export async function* itemsOf(host: Host, caller: () => Caller, plan: Plan): AsyncGenerator<Json[]> {
  const items = plan.reader ? read(host, caller(), plan.reader) : (plan.items ?? []);
  const limit = Number((plan.reader?.config as Fields | undefined)?.MaxItems) || Number.POSITIVE_INFINITY;
  let chunk: Json[] = [];
  let count = 0;
  for await (const item of items) {
    if (count++ >= limit) break;
    chunk.push(item);
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

async function* read(host: Host, caller: Caller, reader: Reader): AsyncGenerator<Json> {
  const action = reader.resource.slice(reader.resource.lastIndexOf(':') + 1);
  if (action === 'listObjectsV2') return yield* listedObjects(host, caller, reader);
  const config = reader.config as Fields;
  const { Body: body } = await callS3(host, caller, 'GetObject', reader.parameters);
  switch (config.InputType) {
    case 'CSV':
      return yield* csvItems(linesOf(bodyChunks(body)), config);
    case 'JSONL':
      return yield* jsonLines(body);
    case 'JSON':
      return yield* jsonArray(body, config);
    case 'MANIFEST':
      return yield* manifest(host, caller, body);
    default:
      throw readerFault(`The InputType '${config.InputType}' of ReaderConfig is not supported`);
  }
}

async function* listedObjects(host: Host, caller: Caller, reader: Reader): AsyncGenerator<Json> {
  let ContinuationToken: string | undefined;
  do {
    const page = await callS3(host, caller, 'ListObjectsV2', { ...(reader.parameters as Fields), ContinuationToken });
    for (const object of page.Contents ?? []) {
      const { Key, ETag, LastModified, Size, StorageClass } = object;
      const modified = LastModified instanceof Date ? LastModified.getTime() / 1000 : Number(LastModified);
      yield { Etag: ETag, Key, LastModified: modified, Size, StorageClass: StorageClass ?? 'STANDARD' };
    }
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken);
}

async function* jsonLines(body: unknown): AsyncGenerator<Json> {
  for await (const line of linesOf(bodyChunks(body))) {
    if (line.trim() !== '') yield parse(line);
  }
}

async function* jsonArray(body: unknown, config: Fields): AsyncGenerator<Json> {
  const chunks: string[] = [];
  for await (const chunk of bodyChunks(body)) chunks.push(chunk);
  let value = parse(chunks.join(''));
  const pointer = typeof config.ItemsPointer === 'string' ? config.ItemsPointer : '';
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    const isFound = value !== null && typeof value === 'object' && Object.hasOwn(value, name);
    if (!isFound) throw readerFault(`The ItemsPointer '${pointer}' does not point to a value`);
    value = (value as Fields)[name]!;
  }
  if (Array.isArray(value)) yield* value;
  else if (value !== null && typeof value === 'object') {
    for (const [Key, Value] of Object.entries(value)) yield { Key, Value };
  } else throw readerFault('Attempting to map over non-iterable node.');
}

/** The files of an S3 inventory: CSV, plain or compressed, in the columns that the manifest names. */
async function* manifest(host: Host, caller: Caller, body: unknown): AsyncGenerator<Json> {
  const chunks: string[] = [];
  for await (const chunk of bodyChunks(body)) chunks.push(chunk);
  const inventory = parse(chunks.join('')) as Fields;
  const Bucket = String(inventory.destinationBucket ?? '').replace(/^arn:aws[\w-]*:s3:::/, '');
  const CSVHeaders = String(inventory.fileSchema ?? '')
    .split(',')
    .map((name) => name.trim());
  for (const file of (inventory.files as Fields[] | undefined) ?? []) {
    const { Body: content } = await callS3(host, caller, 'GetObject', { Bucket, Key: file.key! });
    yield* csvItems(linesOf(bodyChunks(content, String(file.key).endsWith('.gz'))), {
      CSVHeaderLocation: 'GIVEN',
      CSVHeaders,
    });
  }
}

async function callS3(host: Host, caller: Caller, action: string, input: unknown): Promise<any> {
  try {
    return await host.call(caller, 's3', action, input as object);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const cause = `${error.message} (Service: S3, Status Code: ${error.statusCode}, Request ID: ${host.kernel.random.uuid()})`;
    throw new TaskFault('States.ItemReaderFailed', cause);
  }
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw readerFault('Attempting to map over non-iterable node.');
  }
}

function readerFault(cause: string): TaskFault {
  return new TaskFault('States.ItemReaderFailed', cause);
}
