import { GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { atOnce } from '../../at-once';
import type { Aws } from '../aws';
import { type DeployedStack, resourcesOfType } from '../deployment';

/** A queue in which messages lie that failed, or that wait for a person. */
export interface DeadLetterQueue {
  readonly stack: DeployedStack;
  /** The name of the stack's output without `Url`, or the logical id of a queue that has none. */
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  readonly isFifo: boolean;
  /** Whether people read it and nothing else. */
  readonly isForPeople: boolean;
  /** Messages that can be received, and those that somebody is looking at. */
  readonly depth: number;
  readonly inFlight: number;
  /** ARNs of the queues whose failed messages come here. */
  readonly sourceArns: readonly string[];
}

const ASKED_AT_ONCE = 8;
/** SQS puts the age of a queue's oldest message out every minute, some minutes late. */
const AGE_WINDOW_MS = 15 * 60_000;

/**
 * The dead-letter and review queues of a deployment: those that another queue of it names in its RedrivePolicy, and those that are called so,
 * since rules, streams and schedules leave no such mark. It needs `sqs:GetQueueAttributes` on the queues.
 */
export async function deadLetterQueues({ deployment, sqs }: Aws): Promise<DeadLetterQueue[]> {
  const found = await atOnce(
    resourcesOfType(deployment, 'AWS::SQS::Queue'),
    ASKED_AT_ONCE,
    async ({ stack, resource }) => {
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: resource.physicalId, AttributeNames: ['All'] }),
      );
      const output = Object.entries(stack.outputs).find(([, value]) => value === resource.physicalId)?.[0];
      return { stack, resource, output, attributes: Attributes as Record<string, string> };
    },
  );
  const targetOf = ({ RedrivePolicy }: Record<string, string>): string | undefined =>
    RedrivePolicy ? JSON.parse(RedrivePolicy).deadLetterTargetArn : undefined;
  return found.flatMap(({ stack, resource, output, attributes }) => {
    const arn = attributes.QueueArn!;
    const sourceArns = found
      .filter((other) => targetOf(other.attributes) === arn)
      .map((other) => other.attributes.QueueArn!);
    const isNamedSo = /DeadLetter|ReviewQueue/.test(`${resource.logicalId} ${output ?? ''}`);
    if (sourceArns.length === 0 && !isNamedSo) return [];
    return {
      stack,
      name: output?.replace(/Url$/, '') ?? resource.logicalId,
      url: resource.physicalId,
      arn,
      isFifo: arn.endsWith('.fifo'),
      isForPeople: sourceArns.length === 0 && /ReviewQueue/.test(`${resource.logicalId} ${output ?? ''}`),
      depth: Number(attributes.ApproximateNumberOfMessages),
      inFlight: Number(attributes.ApproximateNumberOfMessagesNotVisible),
      sourceArns,
    };
  });
}

/** The queue that somebody means: by its whole name, or by a part of it that no other has. Throws an Error with the names there are. */
export function chooseQueue(queues: readonly DeadLetterQueue[], text: string): DeadLetterQueue {
  const exact = queues.find(({ name, arn, url }) => [name, arn, url].includes(text));
  if (exact) return exact;
  const near = queues.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()));
  if (near.length === 1) return near[0]!;
  const names = (near.length > 0 ? near : queues).map(({ name }) => name).join(', ');
  throw new Error(`${near.length > 1 ? `"${text}" means several queues` : `No queue is called "${text}"`}: ${names}.`);
}

/** Seconds since the oldest message of each queue was sent, by the queue's ARN; a queue that CloudWatch knows nothing of is left out. */
export async function oldestAges(
  { cloudwatch }: Aws,
  queues: readonly DeadLetterQueue[],
): Promise<Map<string, number>> {
  if (queues.length === 0) return new Map();
  const { MetricDataResults = [] } = await cloudwatch.send(
    new GetMetricDataCommand({
      StartTime: new Date(Date.now() - AGE_WINDOW_MS),
      EndTime: new Date(Date.now() + 60_000),
      ScanBy: 'TimestampDescending',
      MetricDataQueries: queues.map(({ arn }, i) => ({
        Id: `q${i}`,
        MetricStat: {
          Metric: {
            Namespace: 'AWS/SQS',
            MetricName: 'ApproximateAgeOfOldestMessage',
            Dimensions: [{ Name: 'QueueName', Value: arn.split(':').pop()! }],
          },
          Period: 60,
          Stat: 'Maximum',
        },
      })),
    }),
  );
  return new Map(
    MetricDataResults.flatMap(({ Id, Values = [] }) =>
      Values[0] === undefined ? [] : [[queues[Number(Id!.slice(1))]!.arn, Values[0]] as const],
    ),
  );
}
