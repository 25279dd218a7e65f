import { AwsError } from '../../../wire/aws-error';
import type { ResourceProvider } from '../../../wire/resource-provider';
import { readFunctionReference } from '../function-arn';
import type { LambdaParts } from '../lambda-parts';

interface VersionProperties {
  readonly FunctionName: string;
  readonly Description?: string;
  readonly CodeSha256?: string;
}

/** AWS::Lambda::Version. `Ref` is the ARN of the version; attributes `Version`, `FunctionArn`. */
export function versionResource({ store, host, invoker }: LambdaParts): ResourceProvider<VersionProperties> {
  return {
    type: 'AWS::Lambda::Version',
    properties: {
      FunctionName: 'emulated',
      Description: 'emulated',
      CodeSha256: { inert: 'the hash guards an upload; the code here is the folder that was staged' },
      RuntimePolicy: { inert: 'functions run on the Node.js that runs the embedded AWS' },
      ProvisionedConcurrencyConfig: {
        members: { ProvisionedConcurrentExecutions: { inert: 'workers are started when they are needed' } },
      },
    },
    create({ FunctionName, Description }) {
      const { functionName } = readFunctionReference(FunctionName);
      const before = new Set(store.function(functionName).versions.keys());
      const { Version } = store.publishVersion(functionName, Description, host.kernel.random.uuid());
      // PublishVersion answers with the version that is there; the resource type refuses to be it too.
      if (before.has(Version)) {
        throw new AwsError(
          'ResourceConflictException',
          `A version for this Lambda function exists ( ${Version} ). Modify the function to create a new version.`,
        );
      }
      const FunctionArn = store.arnOf({ functionName, qualifier: Version });
      return { physicalId: FunctionArn, attributes: { Version, FunctionArn } };
    },
    delete(physicalId) {
      const { functionName, qualifier } = readFunctionReference(physicalId);
      if (!store.hasFunction(functionName)) return;
      const version = store.function(functionName).versions.get(qualifier!);
      if (version) invoker.forget(version);
      store.removeVersion(functionName, qualifier!);
    },
  };
}
