import type { Sender } from '../../../lambdas/shared/aws/sender';
import type { Clock as HandlerClock } from '../../../lambdas/shared/clock';
import type { Clock } from '../../../local/kernel/clock';
import type { Random } from '../../../local/kernel/random';
import { AwsError } from '../../../local/wire/aws-error';
import type { Caller } from '../../../local/wire/caller';
import type { Gateway } from '../../../local/wire/gateway';
import type { Service } from '../../../local/wire/service';
import type { Adversary } from './adversary';
import { pass } from './disturbed-service';
import { functionClient } from './function-client';
import { type FunctionAnswer, FunctionProcess } from './function-process';
import { FUNCTION_TIMEOUT_MS, RECONCILE_TIMEOUT_MS } from './names';
import { type FunctionFactory, orderPorts } from './order-functions';
import type { MachineArns } from './saga-machines';
import type { Trace } from './trace';

/** What the functions of a world run on. */
export interface FunctionServiceProps {
  readonly gateway: Gateway;
  readonly clock: Clock;
  readonly random: Random;
  readonly adversary: Adversary;
  readonly trace: Trace;
  readonly functions: Readonly<Record<string, FunctionFactory>>;
  readonly machineArns: MachineArns;
  /** The machines live longer than a world: which of their executions are this one's. */
  readonly isOfWorld: (executionName: string) => boolean;
}

/** Lambda in this process: the handlers themselves, in processes that crash, freeze and run out of time. */
export function createFunctionService(props: FunctionServiceProps): Service & {
  invoke(functionName: string, event: unknown): Promise<FunctionAnswer>;
} {
  const { clock, random, adversary, trace } = props;

  async function invoke(functionName: string, event: unknown): Promise<FunctionAnswer> {
    const plan = adversary.invocation(functionName);
    const about = describeEvent(event);
    await pass(clock, plan.startMs);
    if (plan.fate === 'throttled') {
      trace.say(`fault      ${functionName}${about} is throttled`);
      throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
    }
    if (plan.fate === 'refused') {
      trace.say(`fault      ${functionName}${about} is refused`);
      throw new AwsError('ServiceException', 'An error occurred and the request cannot be processed.', 500);
    }
    const process = new FunctionProcess(clock, plan, random.uuid(), timeoutOf(functionName));
    const detail =
      plan.fate === 'crash' || plan.fate === 'freeze'
        ? ` at call ${plan.atCall}${plan.isCallSent ? ', sent' : ''}`
        : '';
    if (plan.fate !== 'fine') trace.say(`fault      ${functionName}${about} will meet ${plan.fate}${detail}`);
    const handler = makeHandler(props, functionName, process);
    const answer = await process.run(() => handler(event, process.invocation));
    trace.say(`function   ${functionName}${about} → ${answer.Payload.slice(0, 160)}`);
    if (plan.fate === 'lost') {
      throw new AwsError('ServiceException', 'An error occurred and the request cannot be processed.', 500);
    }
    // An empty answer to an event source mapping is AWS's word for success: no fault that a queue could survive.
    const isTask = !answer.FunctionError && typeof (event as any).orderId === 'string';
    if (plan.fate === 'badOutput' && isTask) return { Payload: plan.badOutput };
    return answer;
  }

  return {
    name: 'lambda',
    protocols: [],
    actions: {
      Invoke: {
        async handle(input: { FunctionName: string; Payload: Buffer }) {
          const answer = await invoke(input.FunctionName, JSON.parse(input.Payload.toString()));
          return { StatusCode: 200, ExecutedVersion: '$LATEST', ...answer, Payload: Buffer.from(answer.Payload) };
        },
      },
    },
    invoke,
  };
}

function timeoutOf(functionName: string): number {
  return functionName.startsWith('Reconcile') ? RECONCILE_TIMEOUT_MS : FUNCTION_TIMEOUT_MS;
}

function makeHandler(
  { gateway, clock, random, functions, machineArns, isOfWorld }: FunctionServiceProps,
  name: string,
  process: FunctionProcess,
) {
  const caller: Caller = gateway.identify('function');
  const client = (service: string) =>
    functionClient({
      clock,
      call: (action, input) => gateway.call(caller, service, action, input),
      around: process.around,
      newToken: () => random.uuid(),
    });
  const make = functions[name];
  if (!make) throw new AwsError('ResourceNotFoundException', `Function not found: ${name}`, 404);
  const functionProps = {
    dynamodb: client('dynamodb'),
    states: statesAnswers(client('states'), isOfWorld),
    sqs: client('sqs'),
    events: client('events'),
    clock: handlerClock(clock),
    newOwner: () => random.uuid(),
    ...machineArns,
  };
  return make(orderPorts(functionProps), functionProps);
}

function handlerClock(clock: Clock): HandlerClock {
  return {
    now: () => clock.now(),
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const timer = clock.schedule(clock.now() + milliseconds, resolve);
        signal?.addEventListener('abort', () => {
          timer.cancel();
          resolve();
        });
      }),
  };
}

/** As the SDK answers: with Dates where the wire has seconds; and without what other worlds have left. */
function statesAnswers(client: Sender, isOfWorld: (executionName: string) => boolean): Sender {
  const dated = (found: any) => ({
    ...found,
    ...(found.startDate && { startDate: new Date(found.startDate * 1000) }),
    ...(found.stopDate && { stopDate: new Date(found.stopDate * 1000) }),
  });
  return {
    async send(command) {
      const answer = dated(await client.send(command));
      if (!answer.executions) return answer;
      return { ...answer, executions: answer.executions.filter(({ name }: any) => isOfWorld(name)).map(dated) };
    },
  };
}

function describeEvent(event: any): string {
  return typeof event?.orderId === 'string' ? ` ${event.orderId}` : '';
}
