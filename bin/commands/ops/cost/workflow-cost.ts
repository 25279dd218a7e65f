import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { DescribeStateMachineCommand, type HistoryEvent, paginateGetExecutionHistory } from '@aws-sdk/client-sfn';
import { atOnce } from '../../at-once';
import { PRICES } from '../../prices';
import type { Aws } from '../aws';
import type { DeployedStack } from '../deployment';
import { executionsOf, isSealed } from '../executions';
import { type CostLine, priced } from './cost-line';
import { usageOf } from './execution-usage';
import { sums } from './metrics';

const ASKED_AT_ONCE = 8;

/** What was asked for. */
export interface WorkflowCostOptions {
  /** Milliseconds since the epoch. */
  readonly sinceMs: number;
  /** Histories that are read of each machine, the latest; the transitions of the others are taken to be like theirs. */
  readonly mostHistories: number;
}

/**
 * What a stack's workflows cost since a moment: transitions from histories, everything else from what CloudWatch counted. Messages are counted one
 * by one, although a request may carry ten, so that SQS is an upper bound.
 */
export async function workflowCost(aws: Aws, stack: DeployedStack, options: WorkflowCostOptions): Promise<CostLine[]> {
  return [
    ...(await machineLines(aws, stack, options)),
    ...(await lambdaLines(aws, stack, options)),
    ...(await tableLines(aws, stack, options)),
    ...(await queueLines(aws, stack, options)),
    ...(await tokenLines(aws, stack, options)),
  ];
}

const idsOf = (stack: DeployedStack, ...types: string[]) =>
  stack.resources.filter(({ type }) => types.includes(type)).map(({ physicalId }) => physicalId);

async function machineLines(aws: Aws, stack: DeployedStack, options: WorkflowCostOptions): Promise<CostLine[]> {
  const lines: CostLine[] = [];
  for (const arn of idsOf(stack, 'AWS::StepFunctions::StateMachine')) {
    const { type } = await aws.sfn.send(
      new DescribeStateMachineCommand({ stateMachineArn: arn, includedData: 'METADATA_ONLY' }),
    );
    lines.push(...(await (type === 'EXPRESS' ? expressLines : standardLines)(aws, arn, options)));
  }
  return lines;
}

async function standardLines(
  aws: Aws,
  arn: string,
  { sinceMs, mostHistories }: WorkflowCostOptions,
): Promise<CostLine[]> {
  const executions: string[] = [];
  for await (const { executionArn } of executionsOf(aws.sfn, arn, { sinceMs })) executions.push(executionArn!);
  const what = `transitions of ${arn.split(':').pop()}`;
  if (executions.length === 0) return [priced(what, 0, PRICES.transition)];
  const counts = await atOnce(executions.slice(0, mostHistories), ASKED_AT_ONCE, (executionArn) =>
    transitionsOf(aws, executionArn),
  );
  const known = counts.filter((count) => count !== undefined);
  if (known.length === 0) return [{ what, quantity: `not known: ${executions.length} histories are encrypted` }];
  const read = known.reduce((sum, count) => sum + count, 0);
  const all = Math.round((read / known.length) * executions.length);
  const basis = known.length < executions.length ? `, from the latest ${known.length} of them` : '';
  return [priced(what, all, PRICES.transition, `in ${executions.length} executions${basis}`)];
}

async function transitionsOf({ sfn }: Aws, executionArn: string): Promise<number | undefined> {
  const events: HistoryEvent[] = [];
  const asked = { executionArn, includeExecutionData: false, maxResults: 1000 };
  try {
    for await (const page of paginateGetExecutionHistory({ client: sfn }, asked)) events.push(...(page.events ?? []));
  } catch (error) {
    if (isSealed(error)) return undefined;
    throw error;
  }
  return usageOf(events).transitions;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html#cloudwatch-step-functions-express-metrics */
async function expressLines(aws: Aws, arn: string, { sinceMs }: WorkflowCostOptions): Promise<CostLine[]> {
  const metric = (name: string) => ({ namespace: 'AWS/States', metric: name, dimensions: { StateMachineArn: arn } });
  const names = ['ExecutionsStarted', 'ExpressExecutionBilledDuration', 'ExpressExecutionBilledMemory'];
  const [started = 0, billedMs, billedMegabytes] = await sums(aws.cloudwatch, names.map(metric), sinceMs);
  const what = arn.split(':').pop();
  const requests = priced(`Express requests of ${what}`, started, PRICES.expressRequest);
  if (billedMs === undefined || billedMegabytes === undefined || started === 0) {
    const quantity = started === 0 ? '0' : 'not known: CloudWatch has no billed duration';
    return [requests, { what: `Express time of ${what}`, quantity, ...(started === 0 && { dollars: 0 }) }];
  }
  const gigabyteSeconds = (billedMs / 1000) * (billedMegabytes / started / 1024);
  return [requests, priced(`Express time of ${what}`, gigabyteSeconds, PRICES.expressGigabyteSecond, 'GB-seconds')];
}

async function lambdaLines(aws: Aws, stack: DeployedStack, { sinceMs }: WorkflowCostOptions): Promise<CostLine[]> {
  const functions = idsOf(stack, 'AWS::Lambda::Function');
  const metric = (name: string) => (FunctionName: string) => ({
    namespace: 'AWS/Lambda',
    metric: name,
    dimensions: { FunctionName },
  });
  const invocations = await sums(aws.cloudwatch, functions.map(metric('Invocations')), sinceMs);
  const durations = await sums(aws.cloudwatch, functions.map(metric('Duration')), sinceMs);
  const gigabytes = await atOnce(functions, ASKED_AT_ONCE, async (FunctionName) => {
    const { MemorySize = 128 } = await aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    return MemorySize / 1024;
  });
  const gigabyteSeconds = durations.reduce<number>((sum, ms = 0, i) => sum + (ms / 1000) * gigabytes[i]!, 0);
  return [
    priced('Lambda invocations', added(invocations), PRICES.lambdaRequest),
    priced('Lambda time', gigabyteSeconds, PRICES.lambdaGigabyteSecondArm, 'GB-seconds'),
  ];
}

async function tableLines(aws: Aws, stack: DeployedStack, { sinceMs }: WorkflowCostOptions): Promise<CostLine[]> {
  const tables = idsOf(stack, 'AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table');
  const metric = (name: string) => (TableName: string) => ({
    namespace: 'AWS/DynamoDB',
    metric: name,
    dimensions: { TableName },
  });
  const written = await sums(aws.cloudwatch, tables.map(metric('ConsumedWriteCapacityUnits')), sinceMs);
  const read = await sums(aws.cloudwatch, tables.map(metric('ConsumedReadCapacityUnits')), sinceMs);
  return [
    priced('DynamoDB write units', added(written), PRICES.dynamoDbWriteUnit),
    priced('DynamoDB read units', added(read), PRICES.dynamoDbReadUnit),
  ];
}

const QUEUE_METRICS = [
  'NumberOfMessagesSent',
  'NumberOfMessagesReceived',
  'NumberOfMessagesDeleted',
  'NumberOfEmptyReceives',
];

async function queueLines(aws: Aws, stack: DeployedStack, { sinceMs }: WorkflowCostOptions): Promise<CostLine[]> {
  const names = idsOf(stack, 'AWS::SQS::Queue').map((url) => url.split('/').pop()!);
  const counted = names.flatMap((QueueName) =>
    QUEUE_METRICS.map((metric) => ({ namespace: 'AWS/SQS', metric, dimensions: { QueueName } })),
  );
  const requests = added(await sums(aws.cloudwatch, counted, sinceMs));
  return [priced('SQS requests, empty receives included', requests, PRICES.sqsRequest, 'at most')];
}

/** Bedrock counts tokens by model and not by who asked: the figure is the account's. Only ingestion asks for embeddings. */
async function tokenLines(aws: Aws, stack: DeployedStack, { sinceMs }: WorkflowCostOptions): Promise<CostLine[]> {
  if (!('IngestMachineArn' in stack.outputs)) return [];
  const what = 'Bedrock tokens of the account';
  const ModelId = 'amazon.titan-embed-text-v2:0';
  const metric = { namespace: 'AWS/Bedrock', metric: 'InputTokenCount', dimensions: { ModelId } };
  const [tokens] = await sums(aws.cloudwatch, [metric], sinceMs);
  if (tokens === undefined) return [{ what, quantity: 'not known: CloudWatch has no InputTokenCount of the model' }];
  return [priced(what, tokens, PRICES.thousandTokens / 1000)];
}

function added(values: readonly (number | undefined)[]): number {
  return values.reduce<number>((sum, value = 0) => sum + value, 0);
}
