/**
 * Owns that what an alarm does when it changes its state is done: topics are published to, functions called. What is under way
 * when the process ends is begun again by the next one.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html
 */
import type { Caller } from '../../../wire/caller';
import type { Host } from '../../../wire/host';
import type { Alarm, AlarmState, PendingAction } from '../model';
import { functionEvent } from './alarm-events';
import { addActionHistory } from './alarm-history';
import type { AlarmStore } from './alarm-store';
import { notification } from './notification';

const MEMBERS = { OK: 'OKActions', ALARM: 'AlarmActions', INSUFFICIENT_DATA: 'InsufficientDataActions' } as const;

/** Carries out the actions of alarms. */
export class AlarmActions {
  private isStopped = false;

  constructor(
    private readonly host: Host,
    private readonly store: AlarmStore,
  ) {}

  /** Begins the actions of the state that an alarm has come to from another, unless they are switched off. */
  run(alarm: Alarm, previous: AlarmState): void {
    const { ActionsEnabled = true } = alarm.properties;
    if (!ActionsEnabled) return;
    const actionArns: string[] = alarm.properties[MEMBERS[alarm.state.value]] ?? [];
    for (const actionArn of actionArns) {
      const key = this.store.newKey();
      this.store.pendingActions.set(key, { actionArn, alarm, previous });
      void this.carryOut(key);
    }
  }

  /** Begins again what an earlier process left. */
  resume(): void {
    for (const key of this.store.pendingActions.keys()) void this.carryOut(key);
  }

  stop(): void {
    this.isStopped = true;
  }

  private async carryOut(key: string): Promise<void> {
    const action = this.store.pendingActions.get(key)!;
    const { actionArn, alarm, previous } = action;
    let published: string | undefined;
    let failure: string | undefined;
    try {
      published = await this.perform(action);
    } catch (error) {
      failure = refusalOf(error as Error, action);
    }
    if (this.isStopped) return;
    this.store.pendingActions.delete(key);
    addActionHistory(this.store, { alarm, previous, actionArn, published, failure }, this.host.kernel.clock.now());
    if (failure !== undefined) {
      this.host.warn(`CloudWatch: alarm ${alarm.AlarmName} could not act on ${actionArn}: ${failure}`);
    }
  }

  /** Gives what was published. */
  private async perform({ actionArn, alarm, previous }: PendingAction): Promise<string | undefined> {
    const service = actionArn.split(':')[2];
    if (service === 'sns') {
      const message = notification(this.host, alarm, previous);
      await this.host.call(this.caller('cloudwatch', alarm), 'sns', 'Publish', { TopicArn: actionArn, ...message });
      return message.Message;
    }
    if (service === 'lambda') {
      const Payload = JSON.stringify(functionEvent(this.host, alarm, previous));
      const input = { FunctionName: actionArn, InvocationType: 'Event', Payload };
      await this.host.call(this.caller('lambda.alarms.cloudwatch', alarm), 'lambda', 'Invoke', input);
      return undefined;
    }
    throw new Error(`actions of ${service} are not emulated`);
  }

  private caller(principal: string, { AlarmArn }: Alarm): Caller {
    const { accountId } = this.host;
    return { kind: 'service', principal: `${principal}.amazonaws.com`, sourceArn: AlarmArn, accountId };
  }
}

/** In AWS's words, where they are known. */
function refusalOf(error: Error & { code?: string }, { actionArn, alarm }: PendingAction): string {
  if (error.code?.startsWith('KMS')) {
    return 'CloudWatch Alarms does not have authorization to access the SNS topic encryption key.';
  }
  if (/^AuthorizationError|^AccessDenied/.test(error.code ?? '')) {
    const action = actionArn.includes(':lambda:') ? 'lambda:InvokeFunction' : 'SNS:Publish';
    return (
      `Resource: ${alarm.AlarmArn} is not authorized to perform: ${action} on resource: ${actionArn} ` +
      `because no resource-based policy allows the ${action} action`
    );
  }
  return error.message;
}
