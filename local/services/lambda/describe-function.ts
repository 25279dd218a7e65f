import type { EventInvokeConfig, FunctionAlias, FunctionVersion } from './model';

/** The `FunctionConfiguration` of the API. */
export function describeVersion(version: FunctionVersion, isQualified = version.Version !== '$LATEST'): object {
  return {
    FunctionName: version.FunctionName,
    FunctionArn: isQualified ? `${version.FunctionArn}:${version.Version}` : version.FunctionArn,
    Runtime: version.Runtime,
    Role: version.Role,
    Handler: version.Handler,
    CodeSize: version.CodeSize,
    CodeSha256: version.CodeSha256,
    Description: version.Description,
    Timeout: version.Timeout,
    MemorySize: version.MemorySize,
    LastModified: new Date(version.LastModifiedMs).toISOString().replace('Z', '+0000'),
    Version: version.Version,
    ...(Object.keys(version.Environment).length > 0 ? { Environment: { Variables: version.Environment } } : {}),
    ...(version.DeadLetterTargetArn ? { DeadLetterConfig: { TargetArn: version.DeadLetterTargetArn } } : {}),
    TracingConfig: { Mode: version.TracingMode },
    RevisionId: version.RevisionId,
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: version.Architectures,
    EphemeralStorage: { Size: version.EphemeralStorageSize },
    LoggingConfig: version.LoggingConfig,
  };
}

/** The `AliasConfiguration` of the API. */
export function describeAlias(alias: FunctionAlias, functionArn: string): object {
  const { AdditionalVersionWeights } = alias;
  return {
    AliasArn: `${functionArn}:${alias.Name}`,
    Name: alias.Name,
    FunctionVersion: alias.FunctionVersion,
    Description: alias.Description,
    RevisionId: alias.RevisionId,
    ...(Object.keys(AdditionalVersionWeights).length > 0 ? { RoutingConfig: { AdditionalVersionWeights } } : {}),
  };
}

/** The `FunctionEventInvokeConfig` of the API. */
export function describeEventInvokeConfig(config: EventInvokeConfig, qualifiedArn: string): object {
  return {
    FunctionArn: qualifiedArn,
    LastModified: config.LastModifiedMs / 1000,
    MaximumRetryAttempts: config.MaximumRetryAttempts,
    MaximumEventAgeInSeconds: config.MaximumEventAgeInSeconds,
    DestinationConfig: {
      OnSuccess: config.OnSuccess ? { Destination: config.OnSuccess } : {},
      OnFailure: config.OnFailure ? { Destination: config.OnFailure } : {},
    },
  };
}
