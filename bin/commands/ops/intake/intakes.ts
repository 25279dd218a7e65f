import { type EventSourceMappingConfiguration, paginateListEventSourceMappings } from '@aws-sdk/client-lambda';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { Aws } from '../aws';
import type { DeployedStack } from '../deployment';

/** Where the work of a workflow comes in. */
export interface Intake {
  readonly workflow: string;
  readonly stack: DeployedStack;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly waiting: number;
  /** How long the queue keeps what waits. */
  readonly retentionSeconds: number;
  /** The mappings that feed the queue to its function. */
  readonly mappings: readonly EventSourceMappingConfiguration[];
}

/** The outputs that name the queues by which work comes in. Whatever finishes or undoes work is not among them, and is never paused. */
const INTAKE_QUEUES: Readonly<Record<string, string>> = {
  orders: 'OrderQueueUrl',
  approvals: 'ApprovalsQueueUrl',
  documents: 'IngestQueueUrl',
};

/** The workflows whose intake can be paused. */
export const WORKFLOWS = Object.keys(INTAKE_QUEUES);

/** The intake of a workflow. It needs `sqs:GetQueueAttributes` and `lambda:ListEventSourceMappings`. Throws an Error when it is not deployed. */
export async function intakeOf({ deployment, sqs, lambda }: Aws, workflow: string): Promise<Intake> {
  const output = INTAKE_QUEUES[workflow]!;
  const stack = deployment.stacks.find(({ outputs }) => output in outputs);
  if (!stack) throw new Error(`The outputs file has no stack with the output ${output}: ${workflow} are not deployed.`);
  const queueUrl = stack.outputs[output]!;
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: queueUrl,
      AttributeNames: ['QueueArn', 'ApproximateNumberOfMessages', 'MessageRetentionPeriod'],
    }),
  );
  const queueArn = Attributes.QueueArn!;
  const mappings: EventSourceMappingConfiguration[] = [];
  for await (const page of paginateListEventSourceMappings({ client: lambda }, { EventSourceArn: queueArn })) {
    mappings.push(...(page.EventSourceMappings ?? []));
  }
  return {
    workflow,
    stack,
    queueUrl,
    queueArn,
    waiting: Number(Attributes.ApproximateNumberOfMessages),
    retentionSeconds: Number(Attributes.MessageRetentionPeriod),
    mappings,
  };
}
