import { requireVariable } from '../../../shared/environment';
import { createS3WorkStore } from '../../adapters/s3-work-store';
import { s3Client } from './s3-client';

/** The bucket that WORK_BUCKET names. */
export const workStore = () => createS3WorkStore(s3Client, requireVariable('WORK_BUCKET'));
