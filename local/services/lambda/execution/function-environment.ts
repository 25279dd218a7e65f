import type { Credentials, Host } from '../../../wire/host';
import type { FunctionVersion } from '../model';
import type { WorkerSettings } from '../worker/protocol';

/**
 * The environment variables of an execution environment: the function's own, then those that Lambda reserves. `folder` is
 * where the bundle lies; inline source has none.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function functionEnvironment(
  version: FunctionVersion,
  logStreamName: string,
  credentials: Credentials,
  host: Pick<Host, 'region' | 'endpoint'>,
  folder: string | undefined,
): Record<string, string> {
  const { LoggingConfig } = version;
  return {
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    // The SDK warns of old Node.js versions on every cold start otherwise.
    NODE_NO_WARNINGS: '1',
    AWS_ENDPOINT_URL: host.endpoint(),
    ...version.Environment,
    _HANDLER: version.Handler,
    AWS_REGION: host.region,
    AWS_DEFAULT_REGION: host.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${version.Runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: version.FunctionName,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(version.MemorySize),
    AWS_LAMBDA_FUNCTION_VERSION: version.Version,
    AWS_LAMBDA_LOG_GROUP_NAME: LoggingConfig.LogGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
    AWS_LAMBDA_LOG_FORMAT: LoggingConfig.LogFormat,
    ...(LoggingConfig.LogFormat === 'JSON'
      ? { AWS_LAMBDA_LOG_LEVEL: LoggingConfig.ApplicationLogLevel ?? 'INFO' }
      : {}),
    LAMBDA_TASK_ROOT: folder ?? '/var/task',
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
  };
}

/** What the worker of a version is told when it starts. */
export function workerSettings(
  version: FunctionVersion,
  logStreamName: string,
  followsKernelTime: boolean,
  folder: string | undefined,
): WorkerSettings {
  const { Code, LoggingConfig } = version;
  return {
    handler: version.Handler,
    runtimeMajor: Number(/^nodejs(\d+)/.exec(version.Runtime)?.[1] ?? 0),
    folder,
    inlineSource: Code.kind === 'inline' ? Code.source : undefined,
    runtimeFolder: __dirname,
    functionName: version.FunctionName,
    functionVersion: version.Version,
    memoryMb: version.MemorySize,
    logGroupName: LoggingConfig.LogGroup,
    logStreamName,
    logFormat: LoggingConfig.LogFormat,
    logLevel: LoggingConfig.ApplicationLogLevel,
    followsKernelTime,
  };
}
