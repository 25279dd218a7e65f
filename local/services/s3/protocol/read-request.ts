/** From a request of the wire to an action and its input. */
import { AwsError } from '../../../wire/aws-error';
import type { StreamedRequest } from '../../../wire/service';
import { ALGORITHM_NAMES, readAlgorithm } from '../content/checksum';
import type { UploadBody } from '../content/receive-body';
import { invalidArgument, malformedXml } from '../faults';
import { ChunkedBody } from './aws-chunked';
import { REQUEST_HEADERS, REQUEST_QUERY } from './headers';
import { findOperation, type Operation } from './operations';
import { readXml } from './xml';
import { readMembers } from './xml-shape';

/** The largest body that is not an object. */
const LIMIT_DOCUMENT_BYTES = 4 * 1024 * 1024;

/** What a presigned URL says of checksums does not count: SDKs put that of an empty body there. */
const NOT_FROM_QUERY = /^x-amz-(checksum-(?!mode)|sdk-checksum)/;

/** What a path names. */
export interface Target {
  readonly bucket: string | undefined;
  readonly key: string | undefined;
}

/** Path style: `/bucket/key`. Throws InvalidURI for a malformed escape. */
export function readTarget(rawPath: string): Target {
  const slash = rawPath.indexOf('/', 1);
  const bucket = decode(slash < 0 ? rawPath.slice(1) : rawPath.slice(1, slash));
  const key = slash < 0 ? '' : decode(rawPath.slice(slash + 1));
  return { bucket: bucket || undefined, key: key || undefined };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError('InvalidURI', "Couldn't parse the specified URI.", 400);
  }
}

/** An operation that is not there has its request as its name. Throws MalformedXML, InvalidArgument. */
export async function readRequest(
  request: StreamedRequest,
): Promise<{ readonly action: string; readonly input: object }> {
  const { bucket, key } = readTarget(request.rawPath);
  const level = key !== undefined ? 'object' : bucket !== undefined ? 'bucket' : 'account';
  const headers = withPresignedHeaders(request);
  const operation = findOperation(request.method, level, request.query, headers);
  if (!operation) {
    const parameters = [...request.query.keys()].join(', ') || 'no parameters';
    return { action: `${request.method} of ${level === 'bucket' ? 'a' : 'an'} ${level} with ${parameters}`, input: {} };
  }
  const input: Record<string, any> = {
    ...readPlaces(Object.entries(headers), REQUEST_HEADERS),
    ...readPlaces([...request.query], REQUEST_QUERY),
    ...(bucket !== undefined && { Bucket: bucket }),
    ...(key !== undefined && { Key: key }),
  };
  const metadata = Object.entries(headers).filter(([name]) => name.startsWith('x-amz-meta-'));
  if (metadata.length > 0) {
    input.Metadata = Object.fromEntries(metadata.map(([name, value]) => [name.slice(11), value]));
  }
  if (typeof input.ObjectAttributes === 'string') {
    input.ObjectAttributes = input.ObjectAttributes.split(',').map((name) => name.trim());
  }
  Object.assign(input, await readBody(operation, request, headers));
  return { action: operation.action, input };
}

function withPresignedHeaders({ headers, query }: StreamedRequest): Readonly<Record<string, string>> {
  if (!query.has('X-Amz-Credential')) return headers;
  const hoisted = [...query]
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => name.startsWith('x-amz-') && !NOT_FROM_QUERY.test(name));
  return { ...Object.fromEntries(hoisted), ...headers };
}

function readPlaces(
  given: readonly (readonly [string, string])[],
  places: typeof REQUEST_HEADERS,
): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const [name, value] of given) {
    const place = Object.hasOwn(places, name) ? places[name] : undefined;
    if (!place) continue;
    if (place.kind === 'text') input[place.member] = value;
    else if (place.kind === 'boolean') input[place.member] = value.toLowerCase() === 'true';
    else if (value !== '') input[place.member] = readNumber(name, value);
  }
  return input;
}

function readNumber(name: string, value: string): number {
  if (!/^\d{1,15}$/.test(value))
    throw invalidArgument(`Provided ${name} not an integer or within integer range`, name, value);
  return Number(value);
}

async function readBody(
  operation: Operation,
  request: StreamedRequest,
  headers: Readonly<Record<string, string>>,
): Promise<object> {
  const isChunked = headers['x-amz-content-sha256']?.startsWith('STREAMING-') ?? false;
  const chunked = isChunked ? new ChunkedBody(request.body) : undefined;
  if (operation.isUpload) return uploadOf(chunked, request, headers);
  const text = await readDocument(chunked ?? request.body);
  if (operation.text) return { [operation.text]: text };
  if (!operation.xml || text.trim() === '') return {};
  const { as, members } = operation.xml;
  const value = readMembers(readXml(text), members);
  return as === undefined ? value : { [as]: value };
}

async function readDocument(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > LIMIT_DOCUMENT_BYTES) throw malformedXml();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function uploadOf(
  chunked: ChunkedBody | undefined,
  request: StreamedRequest,
  headers: Readonly<Record<string, string>>,
): object {
  const encodings = (headers['content-encoding'] ?? '').split(',').map((encoding) => encoding.trim());
  const kept = encodings.filter((encoding) => encoding !== '' && encoding !== 'aws-chunked').join(',');
  const length = chunked ? headers['x-amz-decoded-content-length'] : headers['content-length'];
  return {
    ContentEncoding: kept || undefined,
    ContentLength: length === undefined ? undefined : readNumber('content-length', length),
    Body: chunked ? withTrailer(chunked, headers['x-amz-trailer']) : request.body,
  };
}

/** A body whose checksum follows it. */
function withTrailer(chunked: ChunkedBody, announced: string | undefined): UploadBody {
  const name = announced?.trim().toLowerCase();
  const algorithm = /^x-amz-checksum-(\w+)$/.exec(name ?? '')?.[1];
  if (name === undefined || algorithm === undefined) return chunked;
  readAlgorithm(algorithm);
  return {
    [Symbol.asyncIterator]: () => chunked[Symbol.asyncIterator](),
    announced: ALGORITHM_NAMES.find((known) => known.toLowerCase() === algorithm),
    trailer: () => chunked.trailers.get(name),
  };
}
