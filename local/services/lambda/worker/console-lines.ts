import { format } from 'node:util';
import { describeFault } from './runtime-fault';

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

/** How console output becomes log lines. */
export interface ConsoleFormat {
  readonly logFormat: 'Text' | 'JSON';
  /** Lines below this level are dropped; only with JSON, as on AWS. */
  readonly logLevel?: string;
  requestId(): string | undefined;
  write(line: string): void;
}

/**
 * Replaces the methods of the console as the Node.js runtime of Lambda does: text lines carry time, request id and
 * level between tabs, JSON lines the same as members.
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */
export function patchConsole(target: Console, output: ConsoleFormat): (level: string, ...values: unknown[]) => void {
  const lowest = output.logFormat === 'JSON' ? LEVELS.indexOf(output.logLevel ?? 'TRACE') : 0;
  const log = (level: string, ...values: unknown[]) => {
    if (LEVELS.indexOf(level) < lowest) return;
    output.write(output.logFormat === 'JSON' ? jsonLine(level, values, output) : textLine(level, values, output));
  };
  target.log = (...values) => log('INFO', ...values);
  target.info = (...values) => log('INFO', ...values);
  target.debug = (...values) => log('DEBUG', ...values);
  target.warn = (...values) => log('WARN', ...values);
  target.error = (...values) => log('ERROR', ...values);
  target.trace = (...values) => log('TRACE', ...values);
  return log;
}

function textLine(level: string, values: unknown[], output: ConsoleFormat): string {
  return `${new Date().toISOString()}\t${output.requestId() ?? 'undefined'}\t${level}\t${format(...values)}\n`;
}

function jsonLine(level: string, values: unknown[], output: ConsoleFormat): string {
  const line: Record<string, unknown> = { timestamp: new Date().toISOString(), level, requestId: output.requestId() };
  const [first] = values;
  const error = values.find((value) => value instanceof Error);
  line.message = values.length === 1 && isPlain(first) ? first : format(...values);
  if (error) {
    const { errorType, errorMessage, trace } = describeFault(error);
    Object.assign(line, { errorType, errorMessage, stackTrace: trace.slice(1).map((frame) => frame.trim()) });
  }
  try {
    return `${JSON.stringify(line)}\n`;
  } catch {
    return `${JSON.stringify({ ...line, message: format(...values) })}\n`;
  }
}

function isPlain(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !(value instanceof Error);
}
