import type { Action } from '../../../wire/service';
import { managedRule } from '../archive/faults';
import type { EventBridge } from '../event-bridge';
import { constraint, tooManyTargets, validation } from '../faults';
import type { Rule, Target } from '../model';
import { checkTargetCall } from '../target-call';
import { checkTargetInput } from '../target-input';

const LIMIT = 5;

interface PutTargetsInput {
  readonly Rule?: string;
  readonly EventBusName?: string;
  readonly Targets?: readonly Target[];
}

/**
 * The targets of a rule after some were added, or replaced by others with the same ids. Throws ValidationException,
 * LimitExceededException.
 */
export function mergeTargets(present: Rule['targets'], targets: readonly Target[]): Rule['targets'] {
  for (const target of targets) checkTarget(target);
  const all = { ...present, ...Object.fromEntries(targets.map((target) => [target.Id, target])) };
  if (Object.keys(all).length > LIMIT) throw tooManyTargets();
  return all;
}

function checkTarget(target: Target): void {
  if (!target.Id || !/^[.\-_A-Za-z0-9]{1,64}$/.test(target.Id)) {
    throw constraint('targets.member.id', target.Id, 'satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+');
  }
  if (!target.Arn?.startsWith('arn:')) {
    throw validation(`Parameter ${target.Arn} is not valid. Reason: Provided Arn is not in correct format.`);
  }
  checkTargetCall(target);
  checkTargetInput(target);
  const { MaximumRetryAttempts: attempts, MaximumEventAgeInSeconds: age } = target.RetryPolicy ?? {};
  if (attempts !== undefined && (!Number.isInteger(attempts) || attempts < 0 || attempts > 185)) {
    throw constraint('targets.member.retryPolicy.maximumRetryAttempts', attempts, 'be an integer from 0 to 185');
  }
  if (age !== undefined && (!Number.isInteger(age) || age < 60 || age > 86_400)) {
    throw constraint('targets.member.retryPolicy.maximumEventAgeInSeconds', age, 'be an integer from 60 to 86400');
  }
  const queueArn = target.DeadLetterConfig?.Arn;
  if (queueArn !== undefined && !/^arn:aws:sqs:[^:]+:\d{12}:[A-Za-z0-9_-]+$/.test(queueArn)) {
    throw validation(
      `Parameter DeadLetterConfig.Arn ${queueArn} is not valid: it must be the ARN of a standard queue.`,
    );
  }
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html */
export function putTargets(bridge: EventBridge): Action<PutTargetsInput> {
  return {
    access: bridge.accessOnRule('PutTargets', 'Rule'),
    handle: ({ Rule: name = '', EventBusName, Targets = [] }) => {
      const rule = bridge.store.rule(bridge.busName(EventBusName), name);
      if (rule.archiveName !== undefined) throw managedRule();
      if (Targets.length === 0) throw constraint('targets', '[]', 'have length greater than or equal to 1');
      bridge.store.setTargets(rule, mergeTargets(rule.targets, Targets));
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
  };
}
