import { EventField, type EventPattern, type IEventBus, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { ExpressWorkflow } from '../../constructs/express-workflow';
import { type FanOutQueues, START_WITHIN } from './fan-out-queues';

/** What the intake works with. */
export interface FanOutIntakeProps {
  /** The buses of the events. The keys become part of the rules' logical ids. */
  readonly buses: Readonly<Record<string, IEventBus>>;
  readonly queues: FanOutQueues;
  readonly workflow: ExpressWorkflow;
}

/** Events of our own with an id of their own; `OrderPlaced` has none, and is nobody's end. */
const PATTERN: EventPattern = {
  source: ['stepwright.orders', 'stepwright.approvals'],
  detail: { eventId: [{ exists: true }] },
};

/** What the machine gets of an event: its own id, and not the envelope's, which differs when it is published twice. */
const MACHINE_INPUT = RuleTargetInput.fromObject({
  event: {
    eventId: EventField.fromPath('$.detail.eventId'),
    type: EventField.detailType,
    source: EventField.source,
    detail: EventField.fromPath('$.detail'),
  },
});

/**
 * Rules that hand each event to the machine, and to the check queue, which brings it back once the run must have ended.
 * An event whose run EventBridge cannot start goes to the check queue too, and is parked from there.
 */
export class FanOutIntake extends Construct {
  constructor(scope: Construct, id: string, { buses, queues, workflow }: FanOutIntakeProps) {
    super(scope, id);
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('events.amazonaws.com') });
    workflow.grantStartExecution(role);
    const { checks, checkDeadLetters } = queues;
    const rules = Object.entries(buses).map(
      ([name, eventBus]) =>
        new Rule(this, name, {
          description: 'Events that go to the customer, the webhook and the analytics',
          eventBus,
          eventPattern: PATTERN,
          targets: [
            {
              bind: () => ({
                arn: workflow.liveArn,
                role,
                input: MACHINE_INPUT,
                deadLetterConfig: { arn: checks.queueArn },
                retryPolicy: { maximumEventAgeInSeconds: START_WITHIN.toSeconds(), maximumRetryAttempts: 185 },
              }),
            },
            {
              bind: () => ({
                arn: checks.queueArn,
                deadLetterConfig: { arn: checkDeadLetters.queueArn },
                retryPolicy: { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 },
              }),
            },
          ],
        }),
    );
    // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sqs-permissions
    for (const queue of [checks, checkDeadLetters]) {
      queue.addToResourcePolicy(
        new PolicyStatement({
          principals: [new ServicePrincipal('events.amazonaws.com')],
          actions: ['sqs:SendMessage'],
          resources: [queue.queueArn],
          conditions: { ArnEquals: { 'aws:SourceArn': rules.map(({ ruleArn }) => ruleArn) } },
        }),
      );
    }
  }
}
