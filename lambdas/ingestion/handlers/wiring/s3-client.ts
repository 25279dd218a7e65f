import { S3Client } from '@aws-sdk/client-s3';
import { clientSettings } from '../../../shared/aws/client-settings';

/** S3 begins to answer late when it puts together a long upload. */
const REQUEST_TIMEOUT_MS = 30_000;

const { requestHandler, ...settings } = clientSettings();

/** The one S3 client of a function. */
export const s3Client = new S3Client({
  ...settings,
  requestHandler: { ...requestHandler, requestTimeout: REQUEST_TIMEOUT_MS },
});
