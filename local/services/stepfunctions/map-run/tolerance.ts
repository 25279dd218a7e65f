/** What DescribeMapRun shows and UpdateMapRun changes; 0 means that none was given. */
export interface Tolerance {
  readonly toleratedFailureCount: number;
  readonly toleratedFailurePercentage: number;
}

/** True when a Map Run has failed too often whatever comes; a share of items can only be judged when all are known. */
export function isExceededFinally(tolerance: Tolerance, failures: number): boolean {
  const { toleratedFailureCount: count, toleratedFailurePercentage: percentage } = tolerance;
  return (count > 0 || percentage === 0) && failures > count;
}

/** Judged when all items have ended. */
export function isExceeded(tolerance: Tolerance, failures: number, total: number): boolean {
  if (isExceededFinally(tolerance, failures)) return true;
  const { toleratedFailurePercentage: percentage } = tolerance;
  return percentage > 0 && total > 0 && (failures / total) * 100 > percentage;
}
