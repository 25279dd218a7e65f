/**
 * The embedded AWS as a whole: every service behind one gateway on one port, decided on by IAM.
 * Called by the commands of local/cli and by tests.
 */
import { readAssembly } from './assembly/read-assembly';
import { FileJournal, JournalError } from './kernel/file-journal';
import { type Kernel, systemKernel } from './kernel/kernel';
import { keepHeapsLean } from './kernel/lean-heap';
import { createApiGatewayService } from './services/apigateway/router';
import { type BedrockService, createBedrockService } from './services/bedrock/router';
import { type CloudFormationService, createCloudFormationService } from './services/cloudformation/router';
import { createCloudWatch, createCloudWatchService } from './services/cloudwatch/router';
import { createDynamoDbService } from './services/dynamodb/router';
import { createEcrService } from './services/ecr/router';
import { createEventBridgeService } from './services/eventbridge/router';
import type { IamAuthorizer } from './services/iam/iam-authorizer';
import { createIamServices } from './services/iam/router';
import { createKmsService } from './services/kms/router';
import { DEFAULT_POOL_LIMITS, type PoolLimits } from './services/lambda/execution/worker-pool';
import { createLambdaService } from './services/lambda/router';
import { createLogsService } from './services/logs/router';
import { createS3Service } from './services/s3/router';
import { createS3VectorsService } from './services/s3vectors/router';
import { createSchedulerService } from './services/scheduler/router';
import { createSecretsManagerService } from './services/secretsmanager/router';
import { createSesService } from './services/ses/router';
import { createSnsService } from './services/sns/router';
import { createSqsService } from './services/sqs/router';
import { createSsmService } from './services/ssm/router';
import { createStepFunctionsService } from './services/stepfunctions/router';
import { createXRayService } from './services/xray/router';
import { Gateway } from './wire/gateway';
import { WireServer } from './wire/wire-server';

const DEFAULT_PORT = 4566;

/** How an embedded AWS is started. */
export interface EmbeddedAwsOptions {
  /**
   * Port on 127.0.0.1, with those that follow for the HTTP APIs; 0 takes any free ones. A data directory keeps the port that it was first
   * used with, since the URLs of its queues and APIs name it: no other is taken then.
   * @default that of the data directory, or 4566
   */
  readonly port?: number;
  /** @default the machine's clock and randomness */
  readonly kernel?: Kernel;
  /** Takes a line for whoever runs it. @default standard error */
  readonly warn?: (line: string) => void;
  /** Worker threads for all functions together, of 15 to 25 MB each. @default three a processor, seven to twelve */
  readonly functionWorkers?: number;
  /** Requests to Bedrock that get through in a second. @default no limit */
  readonly bedrockRequestsPerSecond?: number;
  /** HTTP APIs answer under any Host and to the pages of any site, as on AWS. @default false */
  readonly apisAnswerAnySite?: boolean;
  /** A directory in which everything is kept: what an earlier process left in it goes on. @default everything is forgotten */
  readonly dataFolder?: string;
  /** Is told when the directory cannot be written any more: nothing is answered from then on. @default an uncaught error */
  readonly onDataFailure?: (error: Error) => void;
}

/** A running embedded AWS. */
export interface EmbeddedAws {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly accountId: string;
  readonly region: string;
  readonly gateway: Gateway;
  readonly authorizer: IamAuthorizer;
  readonly cloudFormation: CloudFormationService;
  readonly bedrock: BedrockService;
  /**
   * Deploys a folder that the CDK synthesized (`cdk.out`); gives the outputs as `cdk deploy --outputs-file` writes them.
   * Throws AssemblyError for a folder that cannot be read, AwsError for a stack that fails.
   */
  deploy(assemblyFolder: string): Promise<Record<string, Record<string, string>>>;
  /** Ends workers, pollers and open connections. */
  stop(): Promise<void>;
}

/**
 * Starts an embedded AWS, with nothing deployed unless its data directory says otherwise. Rejects with EADDRINUSE when the port is
 * taken, with JournalError when the directory is in use or cannot be read.
 */
export async function startEmbeddedAws(options: EmbeddedAwsOptions): Promise<EmbeddedAws> {
  keepHeapsLean();
  const kernel = options.kernel ?? systemKernel();
  const { dataFolder } = options;
  const journal =
    dataFolder === undefined ? undefined : new FileJournal(dataFolder, { onFailure: options.onDataFailure });
  try {
    return await start(options, kernel, journal);
  } catch (error) {
    journal?.close();
    throw error;
  }
}

async function start(
  options: EmbeddedAwsOptions,
  kernel: Kernel,
  journal: FileJournal | undefined,
): Promise<EmbeddedAws> {
  const ports = journal?.collection<number>('embedded.ports');
  const [kept] = ports?.restored() ?? [];
  const port = portOf(options, kept?.[1]);
  const gateway = new Gateway({ kernel, journal, warn: options.warn });
  const { iam, sts, authorizer } = createIamServices(gateway);
  const cloudFormation = createCloudFormationService(gateway, () => gateway.registered);
  const cloudWatch = createCloudWatch(kernel, gateway.journal);
  const bedrock = createBedrockService(gateway, { requestsPerSecond: options.bedrockRequestsPerSecond });
  gateway.useAuthorizer(authorizer);
  gateway.useMetricSink(cloudWatch.record);
  gateway.register(
    iam,
    sts,
    cloudFormation,
    createSsmService(gateway),
    createXRayService(gateway),
    createKmsService(gateway),
    createLogsService(gateway),
    createCloudWatchService(gateway, cloudWatch),
    createDynamoDbService(gateway),
    createS3Service(gateway),
    createSecretsManagerService(gateway),
    createSesService(gateway),
    createSnsService(gateway),
    createSqsService(gateway),
    createEcrService(gateway),
    createEventBridgeService(gateway),
    createSchedulerService(gateway),
    createStepFunctionsService(gateway),
    createS3VectorsService(gateway),
    bedrock,
    createApiGatewayService(gateway, {
      authorizer,
      firstPort: port === 0 ? undefined : port + 1,
      answersAnySite: options.apisAnswerAnySite,
    }),
    createLambdaService(gateway, options.functionWorkers ? { pool: poolOf(options.functionWorkers) } : {}),
  );
  const server = new WireServer(gateway);
  const url = await server.listen(port);
  if (!kept) ports?.put('endpoint', Number(new URL(url).port));
  await gateway.resume();
  // A stack's way back may take long: its status tells how it goes, and a deployment waits for it.
  void cloudFormation.takeUpOperations();
  return {
    url,
    accountId: gateway.accountId,
    region: gateway.region,
    gateway,
    authorizer,
    cloudFormation,
    bedrock,
    deploy: async (assemblyFolder) => {
      const { accountId, region } = gateway;
      return cloudFormation.deployAssembly(readAssembly(assemblyFolder, { accountId, region }));
    },
    stop: async () => {
      // A journal is closed before anything is ended that would be taken up again, and after the last answer has left.
      if (journal) await server.close();
      journal?.close();
      await gateway.stop();
      if (!journal) await server.close();
    },
  };
}

function poolOf(workers: number): PoolLimits {
  return { ...DEFAULT_POOL_LIMITS, workers };
}

function portOf({ port, dataFolder }: EmbeddedAwsOptions, kept: number | undefined): number {
  if (kept !== undefined && port && port !== kept) {
    throw new JournalError(
      `The data directory ${dataFolder} belongs to port ${kept}: start it with --port ${kept}, or without.`,
    );
  }
  return kept ?? port ?? DEFAULT_PORT;
}
