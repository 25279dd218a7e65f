/**
 * What S3 answers for an object or version that is not there: 404, and 405 for a delete marker that is named by its
 * version. https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
 */
export function isGone(error: unknown): boolean {
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  if (name === 'NoSuchBucket') return false;
  return name === 'NoSuchKey' || name === 'NoSuchVersion' || [404, 405].includes($metadata?.httpStatusCode ?? 0);
}
