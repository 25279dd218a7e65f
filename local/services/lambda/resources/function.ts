import type { ResourceContext, ResourceProvider, ResourceResult } from '../../../wire/resource-provider';
import { invalidParameter } from '../faults';
import { createFunction, deleteFunction, updateFunction } from '../function-changes';
import type { FunctionSettings } from '../function-configuration';
import type { LambdaParts } from '../lambda-parts';
import type { FunctionCode, FunctionVersion } from '../model';

interface FunctionProperties extends FunctionSettings {
  readonly FunctionName?: string;
  readonly PackageType?: string;
  readonly Code: {
    readonly S3Bucket?: string;
    readonly S3Key?: string;
    readonly S3ObjectVersion?: string;
    readonly ZipFile?: string;
  };
  readonly ReservedConcurrentExecutions?: number;
  readonly Tags?: { readonly Key: string; readonly Value: string }[];
}

/** AWS::Lambda::Function. `Ref` is its name; attribute `Arn`. */
export function functionResource(parts: LambdaParts): ResourceProvider<FunctionProperties> {
  const create = (properties: FunctionProperties, context: ResourceContext): ResourceResult => {
    const name = properties.FunctionName ?? context.generateName(64);
    const tags = tagsOf(properties);
    const limit = properties.ReservedConcurrentExecutions;
    return resultOf(createFunction(parts, name, properties, codeOf(properties, context), tags, limit));
  };
  return {
    type: 'AWS::Lambda::Function',
    properties: {
      FunctionName: 'emulated',
      Code: {
        members: {
          S3Bucket: 'emulated',
          S3Key: 'emulated',
          S3ObjectVersion: { inert: 'the code is the folder that the CDK staged; it has one version' },
          ZipFile: 'emulated',
          SourceKMSKeyArn: { inert: 'encryption at rest' },
        },
      },
      Role: 'emulated',
      Handler: 'emulated',
      Runtime: 'emulated',
      Timeout: 'emulated',
      MemorySize: 'emulated',
      Description: 'emulated',
      Environment: { members: { Variables: 'emulated' } },
      DeadLetterConfig: { members: { TargetArn: 'emulated' } },
      ReservedConcurrentExecutions: 'emulated',
      LoggingConfig: {
        members: {
          LogFormat: 'emulated',
          LogGroup: 'emulated',
          ApplicationLogLevel: 'emulated',
          SystemLogLevel: 'emulated',
        },
      },
      TracingConfig: {
        members: { Mode: { inert: 'there is no X-Ray: a trace id is made and logged, no segment is kept' } },
      },
      Tags: 'emulated',
      Architectures: { inert: 'JavaScript runs on the processor of this machine' },
      EphemeralStorage: { members: { Size: { inert: "a function's /tmp is this machine's, without a quota" } } },
      PackageType: 'emulated',
      KmsKeyArn: { inert: 'encryption at rest' },
      RuntimeManagementConfig: { inert: 'functions run on the Node.js that runs the embedded AWS' },
      RecursiveLoop: { inert: 'recursive invocations are not counted' },
      SnapStart: { members: { ApplyOn: { inert: 'Node.js functions have no snapshots' } } },
    },
    create,
    update(physicalId, properties, previous, context) {
      if (properties.FunctionName !== previous.FunctionName) return create(properties, context);
      const version = updateFunction(parts, physicalId, properties, codeOf(properties, context));
      parts.store.setTags(physicalId, tagsOf(properties));
      parts.store.setReservedConcurrency(physicalId, properties.ReservedConcurrentExecutions);
      return resultOf(version);
    },
    delete(physicalId) {
      if (parts.store.hasFunction(physicalId)) deleteFunction(parts, physicalId);
    },
  };
}

function codeOf({ Code, PackageType = 'Zip', Runtime }: FunctionProperties, context: ResourceContext): FunctionCode {
  if (PackageType !== 'Zip') {
    throw invalidParameter(`The embedded AWS runs functions of package type Zip only, not ${PackageType}.`);
  }
  if (Code?.ZipFile !== undefined) return { kind: 'inline', source: Code.ZipFile };
  if (!Code?.S3Bucket || !Code.S3Key) {
    throw invalidParameter(`Please provide a source for function code (runtime ${Runtime}).`);
  }
  return { kind: 'folder', path: context.assetPath(Code.S3Bucket, Code.S3Key) };
}

function tagsOf({ Tags = [] }: FunctionProperties): Record<string, string> {
  return Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
}

function resultOf({ FunctionName, FunctionArn }: FunctionVersion): ResourceResult {
  return { physicalId: FunctionName, attributes: { Arn: FunctionArn } };
}
