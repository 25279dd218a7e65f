import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ParkedQueue } from '../../constructs/parked-queue';
import { ScheduledInvocation } from '../../constructs/scheduled-invocation';
import { StreamPublisher } from '../../constructs/stream-publisher';
import type { TaskFunction } from '../../constructs/task-function';
import type { StageSettings } from '../../stages/stage-settings';
import { approvalFunction } from './approval-functions';
import type { ApprovalKeys } from './approval-keys';
import type { ApprovalMail } from './approval-mail';
import type { ApprovalTables } from './approval-tables';
import { allowCallbacks } from './callback-grant';

const NOT_LOOKED_FOR =
  'It is the dead-letter queue of a stream mapping or of schedules, which the check does not look for.';

/** What carrying out works with. */
export interface ApprovalEffectsProps {
  readonly settings: StageSettings;
  readonly tables: ApprovalTables;
  readonly keys: ApprovalKeys;
  readonly mail: ApprovalMail;
  /** Where the approvers' page is: scheme and host. */
  readonly pageUrl: string;
}

/**
 * The table's stream → carry-out, the one function that mails, calls back and schedules; schedules → wake-requests; and
 * the sweeper, which may do whatever carry-out may and finds what was left undone.
 */
export class ApprovalEffects extends Construct {
  /** Functions that nobody waits for. */
  readonly functions: Readonly<Record<string, TaskFunction>>;
  /** Pointers to changes of requests whose effects could not be carried out. */
  readonly effectDeadLetters: Queue;
  /** Wake-ups that could not be delivered. */
  readonly wakeDeadLetters: Queue;
  private readonly group: ScheduleGroup;
  private readonly wake: ScheduledInvocation;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ApprovalEffectsProps,
  ) {
    super(scope, id);
    const { settings, tables } = props;
    this.effectDeadLetters = new ParkedQueue(this, 'EffectDeadLetters', NOT_LOOKED_FOR);
    this.wakeDeadLetters = new ParkedQueue(this, 'WakeDeadLetters', NOT_LOOKED_FOR);
    const wakeRequests = approvalFunction(this, 'WakeRequests', settings, tables, {
      handler: 'wake-requests',
      description: 'Reminds, escalates or expires a request when its moment has come',
      environment: {},
    });
    this.group = new ScheduleGroup(this, 'Wakes', { removalPolicy: RemovalPolicy.DESTROY });
    this.wake = new ScheduledInvocation(this, 'Wake', { target: wakeRequests, deadLetterQueue: this.wakeDeadLetters });

    const carryOut = this.makeEffectFunction('CarryOut', {
      handler: 'carry-out',
      description: 'Mails, calls back and schedules what the requests say is due',
      timeout: Duration.minutes(1),
    });
    new StreamPublisher(this, 'Stream', {
      task: carryOut,
      table: tables.approvals.table,
      when: { attribute: 'effectsDue', values: ['yes'] },
      batchSize: 10,
      retryAttempts: settings.orders.publishAttempts,
      deadLetterQueue: this.effectDeadLetters,
    });
    const sweep = this.makeEffectFunction('SweepApprovals', {
      handler: 'sweep-approvals',
      description: 'Carries out what has been due for minutes, and wakes requests whose wake-up was lost',
      timeout: Duration.minutes(5),
    });
    tables.grantQuery(sweep, 'due');
    new ScheduledInvocation(this, 'Sweep', {
      target: sweep,
      deadLetterQueue: this.wakeDeadLetters,
      everyMinutes: settings.approvals.sweepMinutes,
    });
    this.functions = { Sweep: sweep, WakeRequests: wakeRequests };
    props.keys.grantOpen(carryOut, sweep);
    props.keys.grantLinks(carryOut, sweep);
  }

  /** A function that may do what stands in a request's effects. */
  private makeEffectFunction(id: string, about: { handler: string; description: string; timeout: Duration }) {
    const { settings, tables, keys, mail, pageUrl } = this.props;
    const task = approvalFunction(this, id, settings, tables, {
      ...about,
      environment: {
        TOKEN_KEY_ARN: keys.approvals.keyArn,
        LINK_KEY_ARN: keys.links.keyArn,
        PAGE_URL: pageUrl,
        SENDER_ADDRESS: settings.approvals.senderAddress,
        CONFIGURATION_SET: mail.configurationSetName,
        SCHEDULE_GROUP: this.group.scheduleGroupName,
        WAKE_FUNCTION_ARN: this.wake.targetArn,
        SCHEDULE_ROLE_ARN: this.wake.role.roleArn,
        WAKE_DEAD_LETTER_QUEUE_ARN: this.wakeDeadLetters.queueArn,
      },
    });
    mail.grantSend(task);
    allowCallbacks(task, ['states:SendTaskSuccess', 'states:SendTaskFailure']);
    const schedules = Stack.of(this).formatArn({
      service: 'scheduler',
      resource: 'schedule',
      resourceName: `${this.group.scheduleGroupName}/*`,
    });
    task.allow(['scheduler:CreateSchedule'], schedules);
    task.acknowledgeWildcard(schedules, 'The schedules of one group, which are named after requests.');
    task.allowWhen(
      { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
      ['iam:PassRole'],
      this.wake.role.roleArn,
    );
    return task;
  }
}
