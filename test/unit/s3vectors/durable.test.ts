import { createS3VectorsService } from '../../../local/services/s3vectors/router';
import { DurableServices } from '../../support/durable-services';

describe('vectors that outlive their process', () => {
  let life: DurableServices;
  beforeEach(async () => {
    life = await DurableServices.start((host) => [createS3VectorsService(host)]);
  });
  afterEach(() => life.close());
  const call = (action: string, input: object) => life.call('s3vectors', action, input);
  const index = { vectorBucketName: 'bucket', indexName: 'index' };
  const put = (key: string, ...float32: number[]) =>
    call('PutVectors', { ...index, vectors: [{ key, data: { float32 }, metadata: { key } }] });

  it('are found, with their metadata; those that were deleted are not, nor those of an index that was', async () => {
    await call('CreateVectorBucket', { vectorBucketName: 'bucket', tags: { k: 'v' } });
    await call('CreateIndex', { ...index, dataType: 'float32', dimension: 2, distanceMetric: 'cosine' });
    await put('a/1', 1, 0);
    await put('b', 0, 1);
    await put('c', 1, 1);
    await life.restart();
    await put('a/1', 0.5, 0);
    await call('DeleteVectors', { ...index, keys: ['b'] });
    await life.restart();
    const { vectors } = await call('ListVectors', { ...index, returnData: true, returnMetadata: true });
    expect(vectors).toEqual([
      { key: 'a/1', data: { float32: [0.5, 0] }, metadata: { key: 'a/1' } },
      { key: 'c', data: { float32: [1, 1] }, metadata: { key: 'c' } },
    ]);
    await call('DeleteIndex', index);
    for (const kind of ['indexes', 'vectors']) expect(life.count(`s3vectors.${kind}`)).toBe(0);
    await life.restart();
    expect((await call('ListIndexes', { vectorBucketName: 'bucket' })).indexes).toEqual([]);
    expect((await call('GetVectorBucket', { vectorBucketName: 'bucket' })).vectorBucket.vectorBucketName).toBe(
      'bucket',
    );
  });
});
