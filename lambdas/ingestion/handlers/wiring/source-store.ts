import { createS3SourceStore } from '../../adapters/s3-source-store';
import { s3Client } from './s3-client';

/** The documents as they were uploaded. */
export const sourceStore = () => createS3SourceStore(s3Client);
