const silent = () => undefined;

/**
 * Says nothing, as the clients do by default; but without `info` they do not copy every request and answer for a line that
 * nobody reads, number by number where it holds vectors.
 */
export const SILENT_LOGGER = {
  trace: silent,
  debug: silent,
  info: undefined as unknown as () => void,
  warn: silent,
  error: silent,
};

/**
 * Settings of every AWS client: short timeouts, so that a function answers before its own does, and few attempts, since
 * the workflow and the queue retry too. Connections are kept alive between invocations.
 */
export function clientSettings() {
  return {
    maxAttempts: 3,
    logger: SILENT_LOGGER,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
  };
}
