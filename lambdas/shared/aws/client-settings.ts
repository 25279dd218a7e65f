/**
 * Settings of every AWS client: short timeouts, so that a function answers before its own does, and few attempts, since
 * the workflow and the queue retry too. Connections are kept alive between invocations.
 */
export function clientSettings() {
  return {
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
  };
}
