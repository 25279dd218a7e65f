/**
 * The failed items that a function reports of a batch, or `'all'` when Lambda takes the whole batch as failed: an answer
 * that is not understood, an empty identifier, one that is not of the batch.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
 */
export function readBatchItemFailures(payload: string, identifiers: readonly string[]): string[] | 'all' {
  let answer: unknown;
  try {
    answer = JSON.parse(payload);
  } catch {
    return 'all';
  }
  if (answer === null || answer === '') return [];
  if (typeof answer !== 'object' || Array.isArray(answer)) return 'all';
  const failures = (answer as { batchItemFailures?: unknown }).batchItemFailures;
  if (failures === undefined || failures === null) return [];
  if (!Array.isArray(failures)) return 'all';
  const failed: string[] = [];
  for (const failure of failures) {
    const identifier = (failure as { itemIdentifier?: unknown } | null)?.itemIdentifier;
    if (typeof identifier !== 'string' || !identifiers.includes(identifier)) return 'all';
    failed.push(identifier);
  }
  return failed;
}
