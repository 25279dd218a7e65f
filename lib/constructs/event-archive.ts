import { CfnArchive, type IEventBus } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';

/** What is kept of a bus, and for how long. */
export interface EventArchiveProps {
  readonly bus: IEventBus;
  readonly description: string;
  readonly retentionDays: number;
}

/**
 * Keeps every event of a bus, so that it can be replayed to the bus or to some of its rules. EventBridge feeds it by a rule
 * of its own, which leaves out what comes from a replay. It has no name, so that a stack can replace it.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html
 */
export class EventArchive extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { bus, description, retentionDays }: EventArchiveProps) {
    super(scope, id);
    const archive = new CfnArchive(this, 'Archive', { sourceArn: bus.eventBusArn, description, retentionDays });
    this.arn = archive.attrArn;
  }
}
