import { invalidLogging } from './faults';
import type { LoggingConfiguration } from './model';

const LOG_GROUP_ARN = /^arn:aws[\w-]*:logs:[\w-]+:\d{12}:log-group:[\w.\-/#]+:\*$/;

/** The configuration as DescribeStateMachine gives it. Throws InvalidLoggingConfiguration. */
export function readLogging(given: LoggingConfiguration | undefined): LoggingConfiguration {
  const level = given?.level ?? 'OFF';
  const destinations = given?.destinations;
  const isComplete = destinations?.length === 1;
  if (level !== 'OFF' && !isComplete) throw invalidLogging('Must specify exactly one Log Destination.');
  if ((destinations?.length ?? 0) > 1) throw invalidLogging('Must specify exactly one Log Destination.');
  const arn = destinations?.[0]?.cloudWatchLogsLogGroup?.logGroupArn;
  if (isComplete && !LOG_GROUP_ARN.test(arn ?? '')) throw invalidLogging('Log Destination not found.');
  return {
    level,
    includeExecutionData: given?.includeExecutionData ?? false,
    ...(destinations === undefined ? {} : { destinations }),
  };
}

/** The name of the log group that events go to; undefined when nothing is logged. */
export function logGroupOf(logging: LoggingConfiguration): string | undefined {
  if (logging.level === undefined || logging.level === 'OFF') return undefined;
  return logging.destinations?.[0]?.cloudWatchLogsLogGroup?.logGroupArn?.split(':')[6];
}
