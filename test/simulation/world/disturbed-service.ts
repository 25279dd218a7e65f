import type { Clock } from '../../../local/kernel/clock';
import { AwsError } from '../../../local/wire/aws-error';
import type { Action, Service } from '../../../local/wire/service';
import type { Adversary, CallPlan } from './adversary';
import type { Trace } from './trace';

/** What a service is disturbed with. */
export interface Disturbance {
  readonly adversary: Adversary;
  readonly clock: Clock;
  readonly trace: Trace;
  /** Told of each call that is sent; gives the milliseconds that it is to take longer. */
  readonly sent?: (action: string, input: any) => number;
  /** Told of each call that has landed. */
  readonly landed?: (action: string, input: any) => void;
}

const WRITES = /^(Put|Update|Delete|Transact|Send|Start|Stop)/;

/** The same service behind a network: calls take time, get lost, come late, and meet errors. */
export function disturbService(service: Service, disturbance: Disturbance): Service {
  const actions = Object.entries(service.actions).map(([name, action]) => [
    name,
    disturbAction(service.name, name, action, disturbance),
  ]);
  return { ...service, actions: Object.fromEntries(actions) };
}

function disturbAction(serviceName: string, name: string, action: Action, disturbance: Disturbance): Action {
  const { adversary, clock, trace, sent, landed } = disturbance;
  return {
    ...action,
    async handle(input, call) {
      const plan = adversary.call(serviceName, WRITES.test(name));
      if (plan.fate !== 'fine' || plan.thereMs + plan.backMs > 2_000)
        trace.say(describe(serviceName, name, plan, input));
      await pass(clock, plan.thereMs + (sent?.(name, input) ?? 0));
      if (plan.fate === 'refused') throw new AwsError('InternalServerError', 'Internal server error', 500);
      if (plan.fate === 'throttled') throw new AwsError('ThrottlingException', 'Rate exceeded');
      if (plan.fate === 'conflict') throw conflict(name, input);
      const answer = await action.handle(input, call);
      landed?.(name, input);
      await pass(clock, plan.backMs);
      if (plan.fate === 'lost') throw new AwsError('InternalServerError', 'Internal server error', 500);
      return answer;
    },
  };
}

/** Settles after so many milliseconds. */
export function pass(clock: Clock, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    clock.schedule(clock.now() + milliseconds, resolve);
  });
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-conflict-handling */
function conflict(action: string, input: any): AwsError {
  if (action !== 'TransactWriteItems') {
    return new AwsError('TransactionConflictException', 'Transaction is ongoing for the item');
  }
  const reasons = (input.TransactItems as unknown[]).map((_, index) => (index === 0 ? 'None' : 'TransactionConflict'));
  return new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.join(', ')}]`,
    400,
    { CancellationReasons: reasons.map((Code) => ({ Code })) },
  );
}

function describe(service: string, action: string, { fate, thereMs, backMs }: CallPlan, input: any): string {
  const table = input.TableName ? ` ${input.TableName}` : '';
  return `fault      ${service}:${action}${table} ${fate === 'fine' ? 'is slow' : `is ${fate}`} (${thereMs} + ${backMs} ms)`;
}
