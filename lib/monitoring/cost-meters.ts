import { Stack, Token } from 'aws-cdk-lib';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { DataTable } from '../constructs/data-table';
import { TaskFunction } from '../constructs/task-function';
import { Workflow } from '../constructs/workflow';
import type { Prices } from './prices';
import type { Service } from './service-metrics';
import { logCountName, MACHINES_NAMESPACE } from './workflow-metrics';

/** One metric, and what a unit of its sum costs in US dollars: below 0 where it is to be taken from another. */
export interface CostMeter {
  readonly service: Service;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly dollars: number;
}

/** A message is sent, received and deleted. */
const REQUESTS_PER_MESSAGE = 3;

/** Memory that an Express execution is billed for, as a rule: one step of 64 MB. */
const EXPRESS_GIGABYTES = 64 / 1024;

/**
 * What a stack's machines, functions, tables and queues, those made so far, are billed by when they are used. Storage, logs, API calls, mails and
 * vectors are left out; so is what costs the same whether it is used or not.
 */
export function costMeters(scope: Construct, service: Service, prices: Prices): CostMeter[] {
  const meter = (namespace: string, metric: string, dimensions: Record<string, string>, dollars: number) => ({
    service,
    namespace,
    metric,
    dimensions,
    dollars: rounded(dollars),
  });
  return Stack.of(scope)
    .node.findAll()
    .flatMap((construct) => {
      if (construct instanceof Workflow) return ofMachine(construct, prices, meter);
      if (construct instanceof TaskFunction) return ofFunction(construct, prices, meter);
      if (construct instanceof DataTable) return ofTable(construct, prices, meter);
      if (construct instanceof Queue) {
        const dimensions = { QueueName: construct.queueName };
        return [meter('AWS/SQS', 'NumberOfMessagesSent', dimensions, REQUESTS_PER_MESSAGE * prices.sqsRequest)];
      }
      return [];
    });
}

/** Tokens that an embedding model is sent, in the whole account. */
export function tokenMeter(service: Service, modelId: string, prices: Prices): CostMeter {
  return {
    service,
    namespace: 'AWS/Bedrock',
    metric: 'InputTokenCount',
    dimensions: { ModelId: modelId },
    dollars: rounded(prices.thousandTokens / 1000),
  };
}

type MakeMeter = (ns: string, metric: string, dimensions: Record<string, string>, dollars: number) => CostMeter;

function ofMachine({ name, arn, isExpress }: Workflow, prices: Prices, meter: MakeMeter): CostMeter[] {
  if (isExpress) {
    const dimensions = { StateMachineArn: arn };
    const millisecond = (EXPRESS_GIGABYTES * prices.expressGigabyteSecond) / 1000;
    return [
      meter('AWS/States', 'ExecutionsStarted', dimensions, prices.expressRequest),
      meter('AWS/States', 'ExpressExecutionBilledDuration', dimensions, millisecond),
    ];
  }
  const counted = (count: 'StatesEntered' | 'TasksScheduled' | 'TasksEntered', dollars: number) =>
    meter(MACHINES_NAMESPACE, logCountName(name, count), {}, dollars);
  return [
    counted('StatesEntered', prices.transition),
    // Retries: attempts without an entry.
    counted('TasksScheduled', prices.transition),
    counted('TasksEntered', -prices.transition),
  ];
}

function ofFunction({ function: target }: TaskFunction, prices: Prices, meter: MakeMeter): CostMeter[] {
  const dimensions = { FunctionName: target.functionName };
  const { memorySize } = target.node.defaultChild as CfnFunction;
  if (memorySize === undefined || Token.isUnresolved(memorySize)) {
    throw new Error(`${target.node.path} says no memory size: what it costs cannot be estimated.`);
  }
  const millisecond = ((memorySize / 1024) * prices.lambdaGigabyteSecondArm) / 1000;
  return [
    meter('AWS/Lambda', 'Duration', dimensions, millisecond),
    meter('AWS/Lambda', 'Invocations', dimensions, prices.lambdaRequest),
  ];
}

function ofTable({ name }: DataTable, prices: Prices, meter: MakeMeter): CostMeter[] {
  const dimensions = { TableName: name };
  return [
    meter('AWS/DynamoDB', 'ConsumedWriteCapacityUnits', dimensions, prices.dynamoDbWriteUnit),
    meter('AWS/DynamoDB', 'ConsumedReadCapacityUnits', dimensions, prices.dynamoDbReadUnit),
  ];
}

/** Prices are products of tiny numbers: six digits are plenty. */
function rounded(dollars: number): number {
  return Number(dollars.toPrecision(6));
}
