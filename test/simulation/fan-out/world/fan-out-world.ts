import { readFileSync } from 'node:fs';
import path from 'node:path';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Clock as HandlerClock } from '../../../../lambdas/shared/clock';
import { SeededRandom } from '../../../../local/kernel/random';
import { SimulatedClock } from '../../../../local/kernel/simulated-clock';
import { createDynamoDbService } from '../../../../local/services/dynamodb/router';
import { createStepFunctionsService } from '../../../../local/services/stepfunctions/router';
import { AwsError } from '../../../../local/wire/aws-error';
import { Gateway } from '../../../../local/wire/gateway';
import type { Service } from '../../../../local/wire/service';
import { Adversary } from '../../world/adversary';
import { ConsumedQueue } from '../../world/consumed-queue';
import { disturbService, pass } from '../../world/disturbed-service';
import { functionClient } from '../../world/function-client';
import { type FunctionAnswer, FunctionProcess } from '../../world/function-process';
import { Trace } from '../../world/trace';
import { Dice } from '../../world/world-plan';
import { FakeTargets } from './fake-targets';
import { type BrokenParts, fanOutFunctions, QUEUES } from './fan-out-functions';
import type { FanOutPlan, PlannedEvent } from './fan-out-plan';

/** Something broken on purpose. */
export interface FanOutMutation extends BrokenParts {
  readonly definition?: (definition: any) => void;
  /** Functions that do nothing. */
  readonly idle?: readonly string[];
}

/** A message of the parked queue. */
export interface ParkedMessage {
  readonly eventId: string;
  readonly target: string;
  readonly reason: string;
}

const DEFINITION = path.resolve(__dirname, '../../../../statemachines/fan-out/deliver-event.asl.json');
const TABLES = {
  deliveries: ['eventId', 'target'],
  analytics: ['eventId'],
  breakers: ['webhook'],
  orders: ['orderId'],
};
const FUNCTION_TIMEOUT_MS = 10_000;
/** As the check queue delays its messages, beyond the five minutes of a run. */
const CHECK_DELAY_MS = 450_000;
/** Runs that die are cut off by a machine of the same definition that gives them only so long. */
const DYING_AFTER_SECONDS = 2;
const MOST_TASKS = 3_000_000;
/** Rounds of replaying after which whoever replays would ask what is wrong. */
const MOST_REPLAYS = 3;

/** The fan-out in one process: its machine, functions and tables behind a network that misbehaves, until the repair. */
export class FanOutWorld {
  readonly clock = new SimulatedClock();
  readonly targets: FakeTargets;
  readonly checkQueue: ConsumedQueue;
  /** Everything that was ever parked, and what lies in the queue now. */
  readonly everParked: ParkedMessage[] = [];
  parked: string[] = [];
  /** Crashed and frozen invocations. */
  cutOff = 0;
  private readonly trace = new Trace(this.clock);
  private readonly gateway: Gateway;
  private readonly adversary: Adversary;
  private readonly dynamodb: Service;
  private readonly states: Service;
  private readonly random: SeededRandom;
  private readonly dice: Dice;
  private readonly replays: ConsumedQueue;
  private isRepaired = false;

  private constructor(
    readonly plan: FanOutPlan,
    private readonly mutation: FanOutMutation,
  ) {
    const { clock, trace } = this;
    this.random = new SeededRandom(`functions ${plan.seed}`);
    this.dice = new Dice(new SeededRandom(`dice ${plan.seed}`));
    this.gateway = new Gateway({ kernel: { clock, random: new SeededRandom(`world ${plan.seed}`) }, warn: () => {} });
    const { seed, faultRate } = plan;
    const endless = { faultBudget: 1e9, quietAfterMs: 1e12 };
    this.adversary = new Adversary({ seed, faultRate, ...endless, hasLateWrites: false, outages: [] }, clock, trace);
    this.targets = new FakeTargets(plan, clock, this.dice);
    this.dynamodb = createDynamoDbService(this.gateway);
    this.states = createStepFunctionsService(this.gateway);
    const queue = (name: string, functionName: string) =>
      new ConsumedQueue({
        name,
        clock,
        adversary: this.adversary,
        trace,
        invoke: (event) => this.invoke(functionName, event),
      });
    this.checkQueue = queue('checks', 'CheckDeliveries');
    this.replays = queue('replays', 'ReplayDeliveries');
  }

  /** Lives through a world until nothing is left to happen. */
  static async run(plan: FanOutPlan, mutation: FanOutMutation = {}): Promise<FanOutWorld> {
    const world = new FanOutWorld(plan, mutation);
    await world.begin();
    await world.clock.drain(MOST_TASKS);
    return world;
  }

  /** Repairs everything and replays what is parked until nothing is, or whoever replays gives up. */
  async repairAndReplay(): Promise<void> {
    this.isRepaired = true;
    this.targets.isRepaired = true;
    for (let round = 0; this.parked.length > 0 && round < MOST_REPLAYS; round++) {
      const moved = this.parked;
      this.parked = [];
      for (const body of moved) this.replays.send(body);
      await this.clock.drain(MOST_TASKS);
    }
  }

  stop(): Promise<void> {
    return this.gateway.stop();
  }

  /** All rows of a table. */
  async rows(TableName: keyof typeof TABLES): Promise<Record<string, any>[]> {
    const { Items } = await this.direct(this.dynamodb, 'Scan', { TableName });
    return Items.map((item: any) => unmarshall(item));
  }

  private async begin(): Promise<void> {
    const { plan, clock, gateway } = this;
    for (const [TableName, keys] of Object.entries(TABLES)) {
      await this.direct(this.dynamodb, 'CreateTable', {
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
        KeySchema: keys.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
      });
    }
    await this.makeMachine('deliver', 300);
    await this.makeMachine('dying', DYING_AFTER_SECONDS);
    gateway.register(
      this.disturbed(this.dynamodb),
      this.disturbed(this.states),
      this.disturbed({ name: 'sqs', protocols: [], actions: { SendMessage: { handle: (input) => this.send(input) } } }),
      this.secretsManager(),
      {
        name: 'lambda',
        protocols: [],
        actions: {
          Invoke: {
            handle: async ({ FunctionName, Payload }: any) => {
              const answer = await this.invoke(FunctionName, JSON.parse(Payload.toString()));
              return { StatusCode: 200, ExecutedVersion: '$LATEST', ...answer, Payload: Buffer.from(answer.Payload) };
            },
          },
        },
      },
    );
    for (const event of plan.events) {
      const customer = event.hasAddress ? { email: `${event.orderId}@example.com` } : {};
      await this.direct(this.dynamodb, 'PutItem', {
        TableName: 'orders',
        Item: marshall({ orderId: event.orderId, customer }),
      });
      for (const { atMs, run } of event.arrivals) {
        clock.schedule(clock.now() + atMs, () => void this.arrive(event, run));
      }
    }
  }

  /** The rule's two targets: the machine, and the check queue. */
  private async arrive({ eventId, orderId }: PlannedEvent, run: 'lives' | 'dies' | 'lost'): Promise<void> {
    const occurredAt = '2026-01-01T00:00:00.000Z';
    const detail = { eventId, orderId, status: 'OrderConfirmed', totalCents: 2500, currency: 'EUR', occurredAt };
    const [type, source] = ['OrderConfirmed', 'stepwright.orders'];
    this.checkLater(JSON.stringify({ source, 'detail-type': type, detail }));
    if (run === 'lost') return;
    await this.direct(this.states, 'StartExecution', {
      stateMachineArn: this.machineArn(run === 'dies' ? 'dying' : 'deliver'),
      input: JSON.stringify({ event: { eventId, type, source, detail } }),
    });
  }

  private checkLater(body: string): void {
    this.clock.schedule(this.clock.now() + CHECK_DELAY_MS, () => this.checkQueue.send(body));
  }

  private send({ QueueUrl, MessageBody }: { QueueUrl: string; MessageBody: string }) {
    if (QueueUrl === QUEUES.checks) this.checkLater(MessageBody);
    else {
      this.parked.push(MessageBody);
      this.everParked.push(JSON.parse(MessageBody));
    }
    return { MessageId: 'message', MD5OfMessageBody: '' };
  }

  private secretsManager(): Service {
    const handle = ({ VersionStage }: { VersionStage: string }) => {
      const SecretString = this.targets.secret(VersionStage);
      if (SecretString === undefined) throw new AwsError('ResourceNotFoundException', 'no such version', 400);
      return { SecretString };
    };
    return { name: 'secretsmanager', protocols: [], actions: { GetSecretValue: { handle } } };
  }

  /** Lambda: an invocation in a process that crashes, freezes or runs out of time as the adversary has it. */
  private async invoke(functionName: string, event: unknown): Promise<FunctionAnswer> {
    const { clock, adversary, gateway, targets, random, mutation } = this;
    const drawn = adversary.invocation(functionName);
    const isCut = drawn.fate === 'crash' || drawn.fate === 'freeze';
    const isSpared = this.isRepaired || (isCut && !this.plan.hasLostAnswers) || drawn.fate === 'badOutput';
    const plan = isSpared ? { ...drawn, fate: 'fine' as const } : drawn;
    if (isCut && !isSpared) this.cutOff++;
    await pass(clock, plan.startMs);
    if (plan.fate === 'throttled') throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
    if (plan.fate === 'refused') throw new AwsError('ServiceException', 'cannot be processed', 500);
    const process = new FunctionProcess(clock, plan, random.uuid(), FUNCTION_TIMEOUT_MS);
    const caller = gateway.identify('function');
    const client = (service: string) =>
      functionClient({
        clock,
        call: (action, input) => gateway.call(caller, service, action, input),
        around: process.around,
        newToken: () => random.uuid(),
      });
    const functions = fanOutFunctions(
      {
        client,
        ses: { send: ({ input }) => process.around(() => targets.sendEmail(input)) },
        fetch: (url, init) => process.around(() => targets.fetch(url, init)),
        clock: this.handlerClock(),
        newOwner: () => random.uuid(),
        machineArn: this.machineArn('deliver'),
      },
      mutation,
    );
    const isIdle = mutation.idle?.includes(functionName);
    const answer = await process.run(() =>
      isIdle ? Promise.resolve({ batchItemFailures: [] }) : functions[functionName]!()(event, process.invocation),
    );
    if (plan.fate === 'lost') throw new AwsError('ServiceException', 'cannot be processed', 500);
    return answer;
  }

  /** A service behind the network, which is well once everything is repaired. */
  private disturbed(service: Service): Service {
    const { adversary, clock, trace } = this;
    const disturbed = disturbService(service, { adversary, clock, trace });
    const actions = Object.entries(service.actions).map(([name, action]) => [
      name,
      {
        ...action,
        handle: (input: any, call: any) =>
          this.isRepaired ? action.handle(input, call) : disturbed.actions[name]!.handle(input, call),
      },
    ]);
    return { ...service, actions: Object.fromEntries(actions) };
  }

  private handlerClock(): HandlerClock {
    const { clock } = this;
    return { now: () => clock.now(), sleep: (milliseconds) => pass(clock, milliseconds) };
  }

  private async makeMachine(name: string, TimeoutSeconds: number): Promise<void> {
    const definition = JSON.parse(readFileSync(DEFINITION, 'utf8'));
    this.mutation.definition?.(definition);
    const words: Record<string, string> = {
      AnalyticsTable: 'analytics',
      DeliveriesTable: 'deliveries',
      ParkedQueue: QUEUES.parked,
      KeepDeliveriesSeconds: '86400',
    };
    const text = JSON.stringify({ ...definition, TimeoutSeconds }).replace(
      /\$\{(\w+)\}/g,
      (_, word: string) => words[word] ?? word,
    );
    const roleArn = `arn:aws:iam::${this.gateway.accountId}:role/${name}`;
    await this.direct(this.states, 'CreateStateMachine', { name, type: 'EXPRESS', definition: text, roleArn });
  }

  private machineArn(name: string): string {
    const { accountId, region } = this.gateway;
    return `arn:aws:states:${region}:${accountId}:stateMachine:${name}`;
  }

  /** Calls an action beside the network. */
  private async direct(service: Service, action: string, input: object): Promise<any> {
    return service.actions[action]!.handle(input, { caller: this.gateway.identify('test'), requestId: 'test' });
  }
}
