import type { IngestionBench } from './ingestion-bench';

/** What lies in the buckets, tables and the index of the ingestion stack, in bytes: names and values, nothing around them. */
export async function storedBytes(bench: IngestionBench): Promise<number> {
  const { outputs } = bench;
  let bytes = 0;
  for (const bucket of [outputs.DocumentsBucketName!, outputs.WorkBucketName!]) {
    for await (const { Size } of objectVersions(bench, bucket)) bytes += Size;
  }
  const { TableNames } = await bench.call('dynamodb', 'ListTables', {});
  for (const name of TableNames as string[]) {
    for await (const item of items(bench, name)) bytes += sizeOf(item);
  }
  for await (const { key, data, metadata } of vectors(bench)) {
    bytes += 4 * data.float32.length + sizeOf({ key, metadata });
  }
  return bytes;
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (value instanceof Uint8Array) return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  return Object.entries(value).reduce((sum, [name, part]) => sum + name.length + sizeOf(part), 0);
}

async function* objectVersions(bench: IngestionBench, Bucket: string): AsyncGenerator<{ Size: number }> {
  let from = {};
  for (;;) {
    const page = await bench.call('s3', 'ListObjectVersions', { Bucket, ...from });
    for (const version of page.Versions ?? []) yield version;
    if (!page.IsTruncated) return;
    from = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  }
}

async function* items(bench: IngestionBench, TableName: string): AsyncGenerator<object> {
  let ExclusiveStartKey: object | undefined;
  do {
    const page = await bench.call('dynamodb', 'Scan', { TableName, ExclusiveStartKey });
    yield* page.Items;
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
}

async function* vectors(bench: IngestionBench): AsyncGenerator<any> {
  const { VectorBucketName: vectorBucketName, VectorIndexName: indexName } = bench.outputs;
  const wanted = { vectorBucketName, indexName, returnData: true, returnMetadata: true };
  let nextToken: string | undefined;
  do {
    const page = await bench.call('s3vectors', 'ListVectors', { ...wanted, nextToken });
    yield* page.vectors;
    nextToken = page.nextToken;
  } while (nextToken);
}
