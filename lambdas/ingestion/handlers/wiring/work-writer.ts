import { requireVariable } from '../../../shared/environment';
import { createS3StreamWriter } from '../../adapters/s3-stream-writer';
import { s3Client } from './s3-client';

/** Long objects of the bucket that WORK_BUCKET names. */
export const workWriter = () => createS3StreamWriter(s3Client, requireVariable('WORK_BUCKET'));
