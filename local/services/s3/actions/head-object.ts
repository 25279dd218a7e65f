import type { Action } from '../../../wire/service';
import { type ReadInput, readObject } from '../object-reading';
import type { S3 } from '../s3';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html */
export function headObject(s3: S3): Action<ReadInput> {
  return {
    access: s3.onObject('GetObject', 'GetObjectVersion'),
    handle: async (input, call) => (await readObject(s3, input, call, 'HEAD')).members,
  };
}
