import { Logger } from '@aws-lambda-powertools/logger';

/** What a log line may carry: identifiers, names, numbers. Never a whole event, never personal data. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Writes one JSON line per call. */
export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** The same log with these fields in each line. */
  with(fields: LogFields): Log;
}

/** A log over Powertools' Logger; service name and level come from its environment variables. */
export function powertoolsLog(logger = new Logger()): Log {
  const write = (base: LogFields): Log => ({
    info: (message, fields) => logger.info(message, { ...base, ...fields }),
    warn: (message, fields) => logger.warn(message, { ...base, ...fields }),
    error: (message, fields) => logger.error(message, { ...base, ...fields }),
    with: (fields) => write({ ...base, ...fields }),
  });
  return write({});
}

/** A log that writes nothing. */
export const silentLog: Log = { info() {}, warn() {}, error() {}, with: () => silentLog };

/** Name and message of an error as log fields. */
export function errorFields(error: unknown): LogFields {
  return error instanceof Error
    ? { errorName: error.name, errorMessage: error.message }
    : { errorName: 'Unknown', errorMessage: String(error) };
}
