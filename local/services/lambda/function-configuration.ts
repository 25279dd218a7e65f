import { invalidParameter, validationFailed } from './faults';
import type { FunctionVersion, LoggingConfig } from './model';

/** What a function may be configured with, in the shape of the API and of CloudFormation. */
export interface FunctionSettings {
  readonly Role?: string;
  readonly Handler?: string;
  readonly Runtime?: string;
  readonly Timeout?: number;
  readonly MemorySize?: number;
  readonly Description?: string;
  readonly Environment?: { readonly Variables?: Record<string, string> };
  readonly Architectures?: string[];
  readonly EphemeralStorage?: { readonly Size: number };
  readonly TracingConfig?: { readonly Mode: 'Active' | 'PassThrough' };
  readonly DeadLetterConfig?: { readonly TargetArn?: string };
  readonly LoggingConfig?: Partial<LoggingConfig>;
}

/** The part of a version that settings decide. */
export type Configuration = Omit<
  FunctionVersion,
  'FunctionName' | 'FunctionArn' | 'Version' | 'Code' | 'CodeSize' | 'CodeSha256' | 'LastModifiedMs' | 'RevisionId'
>;

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const RESERVED_VARIABLES = new Set([
  ...['_HANDLER', '_X_AMZN_TRACE_ID', 'AWS_DEFAULT_REGION', 'AWS_REGION', 'AWS_EXECUTION_ENV', 'LAMBDA_TASK_ROOT'],
  ...['AWS_LAMBDA_FUNCTION_NAME', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE', 'AWS_LAMBDA_FUNCTION_VERSION'],
  ...['AWS_LAMBDA_INITIALIZATION_TYPE', 'AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME', 'AWS_ACCESS_KEY'],
  ...[
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
    'AWS_LAMBDA_RUNTIME_API',
    'LAMBDA_RUNTIME_DIR',
  ],
]);
const ENVIRONMENT_LIMIT_BYTES = 4096;

/**
 * Settings checked and filled with Lambda's defaults (3 seconds, 128 MB). Throws ValidationException and
 * InvalidParameterValueException, with AWS's messages; a runtime other than Node.js is not emulated.
 */
export function readConfiguration(functionName: string, settings: FunctionSettings): Configuration {
  const { Role, Handler, Runtime, Timeout = 3, MemorySize = 128 } = settings;
  if (!/^arn:[a-z-]+:iam::\d{12}:role\/.+/.test(Role ?? '')) {
    throw validationFailed(
      'role',
      Role,
      'Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+',
    );
  }
  if (!Handler)
    throw invalidParameter(
      'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    );
  if (!/^nodejs\d+\.x$/.test(Runtime ?? '')) {
    throw invalidParameter(
      `The embedded AWS runs Node.js functions only: the runtime ${Runtime} of function ${functionName} is not emulated.`,
    );
  }
  checkRange('timeout', Timeout, 1, 900);
  checkRange('memorySize', MemorySize, 128, 10_240);
  checkRange('ephemeralStorage.size', settings.EphemeralStorage?.Size ?? 512, 512, 10_240);
  const Environment = settings.Environment?.Variables ?? {};
  checkEnvironment(Environment);
  return {
    Role: Role!,
    Handler,
    Runtime: Runtime!,
    Timeout,
    MemorySize,
    Description: settings.Description ?? '',
    Environment,
    Architectures: settings.Architectures ?? ['x86_64'],
    EphemeralStorageSize: settings.EphemeralStorage?.Size ?? 512,
    TracingMode: settings.TracingConfig?.Mode ?? 'PassThrough',
    DeadLetterTargetArn: settings.DeadLetterConfig?.TargetArn || undefined,
    LoggingConfig: readLogging(functionName, settings.LoggingConfig ?? {}),
  };
}

function checkRange(member: string, value: number, lowest: number, highest: number): void {
  if (!Number.isInteger(value)) throw validationFailed(member, value, 'Member must be an integer');
  if (value < lowest)
    throw validationFailed(member, value, `Member must have value greater than or equal to ${lowest}`);
  if (value > highest) throw validationFailed(member, value, `Member must have value less than or equal to ${highest}`);
}

function checkEnvironment(variables: Record<string, string>): void {
  const reserved = Object.keys(variables).filter((key) => RESERVED_VARIABLES.has(key));
  const unable =
    'Lambda was unable to configure your environment variables because the environment variables you have provided';
  if (reserved.length > 0) {
    throw invalidParameter(
      `${unable} contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`,
    );
  }
  const malformed = Object.keys(variables).find((key) => !/^[a-zA-Z][a-zA-Z0-9_]+$/.test(key));
  if (malformed !== undefined) {
    throw validationFailed(
      'environment.variables',
      malformed,
      'Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]',
    );
  }
  const measured = JSON.stringify(variables);
  if (Buffer.byteLength(measured) > ENVIRONMENT_LIMIT_BYTES) {
    throw invalidParameter(`${unable} exceeded the 4KB limit. String measured: ${measured}`);
  }
}

function readLogging(functionName: string, logging: Partial<LoggingConfig>): LoggingConfig {
  const LogFormat = logging.LogFormat ?? 'Text';
  const LogGroup = logging.LogGroup ?? `/aws/lambda/${functionName}`;
  if (LogFormat === 'Text') {
    if (logging.ApplicationLogLevel || logging.SystemLogLevel) {
      throw invalidParameter('To set ApplicationLogLevel or SystemLogLevel, LogFormat must be JSON.');
    }
    return { LogFormat, LogGroup };
  }
  return {
    LogFormat,
    LogGroup,
    ApplicationLogLevel: logging.ApplicationLogLevel ?? 'INFO',
    SystemLogLevel: logging.SystemLogLevel ?? 'INFO',
  };
}
