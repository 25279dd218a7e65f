import type { ResourceContext, ResourceProvider, ResourceResult } from '../../../wire/resource-provider';
import { invalidParameter } from '../faults';
import { createFunction, deleteFunction, updateFunction } from '../function-changes';
import { fromFolder, fromS3, fromSource, type MeasuredCode } from '../function-code';
import type { FunctionSettings } from '../function-configuration';
import type { LambdaParts } from '../lambda-parts';
import type { FunctionVersion } from '../model';
import { checkReservation } from '../reserved-concurrency';

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
  const create = async (properties: FunctionProperties, context: ResourceContext): Promise<ResourceResult> => {
    const name = properties.FunctionName ?? context.generateName(64);
    const tags = tagsOf(properties);
    const limit = properties.ReservedConcurrentExecutions;
    const code = await codeOf(parts, properties, context);
    return resultOf(createFunction(parts, name, properties, code, tags, limit));
  };
  return {
    type: 'AWS::Lambda::Function',
    properties: {
      FunctionName: 'emulated',
      Code: {
        members: {
          S3Bucket: 'emulated',
          S3Key: 'emulated',
          S3ObjectVersion: 'emulated',
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
        members: { Mode: 'emulated' },
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
    async update(physicalId, properties, previous, context) {
      if (properties.FunctionName !== previous.FunctionName) return create(properties, context);
      const version = updateFunction(parts, physicalId, properties, await codeOf(parts, properties, context));
      parts.store.setTags(physicalId, tagsOf(properties));
      reserve(parts, physicalId, properties.ReservedConcurrentExecutions);
      return resultOf(version);
    },
    delete(physicalId) {
      if (parts.store.hasFunction(physicalId)) deleteFunction(parts, physicalId);
    },
  };
}

/** Code in S3 is the folder that the CDK staged for it, in a deployment of this process; otherwise the object is read. */
async function codeOf(
  { host }: LambdaParts,
  { Code, PackageType = 'Zip', Runtime }: FunctionProperties,
  context: ResourceContext,
): Promise<MeasuredCode> {
  if (PackageType !== 'Zip') {
    throw invalidParameter(`The embedded AWS runs functions of package type Zip only, not ${PackageType}.`);
  }
  if (Code?.ZipFile !== undefined) return fromSource(Code.ZipFile);
  const { S3Bucket, S3Key, S3ObjectVersion } = Code ?? {};
  if (!S3Bucket || !S3Key) throw invalidParameter(`Please provide a source for function code (runtime ${Runtime}).`);
  const staged = context.assetPath(S3Bucket, S3Key);
  return staged ? fromFolder(staged) : fromS3(host, context.caller, { S3Bucket, S3Key, S3ObjectVersion });
}

function reserve({ store }: LambdaParts, functionName: string, limit: number | undefined): void {
  if (limit !== undefined) checkReservation(store, functionName, limit);
  store.setReservedConcurrency(functionName, limit);
}

function tagsOf({ Tags = [] }: FunctionProperties): Record<string, string> {
  return Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
}

function resultOf({ FunctionName, FunctionArn }: FunctionVersion): ResourceResult {
  return { physicalId: FunctionName, attributes: { Arn: FunctionArn } };
}
