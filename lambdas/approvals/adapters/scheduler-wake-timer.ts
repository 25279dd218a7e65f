import { CreateScheduleCommand } from '@aws-sdk/client-scheduler';
import type { Sender } from '../../shared/aws/sender';
import type { WakeTimer } from '../domain/wake-timer';

/** What schedules are made of. */
export interface SchedulerWakeTimerProps {
  readonly client: Sender;
  readonly groupName: string;
  readonly functionArn: string;
  /** The role that the scheduler takes on to call the function. */
  readonly roleArn: string;
  readonly deadLetterArn: string;
}

/** The sweeper wakes what a schedule has not woken after a while, so that there is no point in trying for days. */
const RETRY_POLICY = { MaximumRetryAttempts: 10, MaximumEventAgeInSeconds: 3_600 };

/**
 * One schedule per wake, which is gone once it has run. Nothing says what the scheduler does with a moment that has passed: a request
 * whose wake never comes is woken by the sweeper.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#one-time
 */
export function createSchedulerWakeTimer(props: SchedulerWakeTimerProps): WakeTimer {
  return {
    async wakeAt(requestId, at) {
      const seconds = Math.ceil(at / 1000);
      const schedule = new CreateScheduleCommand({
        Name: `${requestId}-${seconds}`,
        GroupName: props.groupName,
        ScheduleExpression: `at(${new Date(seconds * 1000).toISOString().slice(0, 19)})`,
        ScheduleExpressionTimezone: 'UTC',
        FlexibleTimeWindow: { Mode: 'OFF' },
        ActionAfterCompletion: 'DELETE',
        Target: {
          Arn: props.functionArn,
          RoleArn: props.roleArn,
          Input: JSON.stringify({ requestId }),
          RetryPolicy: RETRY_POLICY,
          DeadLetterConfig: { Arn: props.deadLetterArn },
        },
      });
      await props.client.send(schedule).catch((error) => {
        // The name says which request and when, so the one that is there is the same.
        if (error?.name !== 'ConflictException') throw error;
      });
    },
  };
}
