/**
 * Owns a deployment that a case breaks and an operator repairs: the synthesized stacks on an embedded AWS whose clock can leap, troubles
 * that can be made and ended, and what is asked of alarms, queues and rows.
 */
import type { EmbeddedAws } from '../../../local/embedded-aws';
import type { LeapingClock } from '../../../local/kernel/leaping-clock';
import { accessDenied } from '../../../local/services/iam/access-denied';
import type { LambdaService } from '../../../local/services/lambda/router';
import type { Caller } from '../../../local/wire/caller';
import type { Access } from '../../../local/wire/service';
import { ApprovalStacks } from '../../support/approvals/approval-stacks';
import { ASSEMBLY_FOLDER } from '../../support/assembly-folder';
import { loseExecutions } from '../../support/watched/lost-executions';
import { MINUTE_MS } from './minute';

/** How long is waited for what functions do in their own time, in milliseconds of the machine. */
const PATIENCE_MS = 60_000;

/** A resource of a deployed stack. */
interface Resource {
  readonly stack: string;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
}

/** An alarm as DescribeAlarms tells it. */
export interface ToldAlarm {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly StateValue: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  readonly StateReason: string;
  readonly AlarmActions: readonly string[];
}

/** See the head of this file. */
export class BrokenAccount {
  /** Outputs of each stack, as `cdk deploy --outputs-file` writes them. */
  stacks: Record<string, Record<string, string>> = {};
  /** Outputs of all stacks. */
  outputs: Record<string, string> = {};
  /** What a case has seen last of what it waits for: said when it waits in vain. */
  note = 'nothing';
  private resources: Resource[] = [];
  private readonly mending: (() => Promise<void>)[] = [];
  private readonly denied = new Set<{ readonly role: string; readonly action: string }>();

  private constructor(readonly approvals: ApprovalStacks) {}

  /** Deploys the tests' own assembly, and a machine that asks for whatever a case wants. */
  static async start(): Promise<BrokenAccount> {
    const account = new BrokenAccount(await ApprovalStacks.start());
    const { Stacks } = await account.call('cloudformation', 'DescribeStacks', {});
    for (const { StackName, Outputs = [] } of Stacks) {
      if (StackName === 'asker') continue;
      const outputs = Outputs.map(({ OutputKey, OutputValue }: any) => [OutputKey, OutputValue]);
      account.stacks[StackName] = Object.fromEntries(outputs);
      account.resources.push(...(await account.resourcesOf(StackName)));
    }
    account.outputs = Object.assign({}, ...Object.values(account.stacks));
    account.standInTheWay();
    return account;
  }

  get embedded(): EmbeddedAws {
    return this.approvals.embedded;
  }

  get clock(): LeapingClock {
    return this.approvals.clock;
  }

  stop(): Promise<void> {
    return this.approvals.stop();
  }

  /** Calls an API action as the account's administrator. */
  call(service: string, action: string, input: object): Promise<any> {
    return this.approvals.call(service, action, input);
  }

  /**
   * The physical id of the resource of a type that is called `name`: its logical id ends so, but for its type and its hash, or it alone has
   * the name in it. Throws when there is none, or when nobody could tell which is meant.
   */
  physicalId(type: string, name: string, stack = ''): string {
    const isOfStack = (resource: Resource) => resource.type === type && resource.stack.endsWith(stack);
    const near = this.resources.filter((resource) => isOfStack(resource) && resource.logicalId.includes(name));
    const isExact = new RegExp(`${name}(${type.split(':').pop()})?[0-9A-F]{8}$`);
    const exact = near.filter(({ logicalId }) => isExact.test(logicalId));
    const [found, ...others] = exact.length > 0 ? exact : near;
    if (!found || others.length > 0) {
      const what = found ? `several: ${[found, ...others].map(({ logicalId }) => logicalId)}` : 'none';
      throw new Error(`Which ${type} is called ${name}? There are ${what}.`);
    }
    // A rule of a bus of its own is called BUS|RULE there.
    return found.physicalId.split('|').pop()!;
  }

  /** Refuses an action to the role that is called so, until what it gives is called. */
  deny(name: string, action: string): () => void {
    const refusal = { role: this.physicalId('AWS::IAM::Role', name), action };
    this.denied.add(refusal);
    return () => void this.denied.delete(refusal);
  }

  /** Disables the event source mapping of a function; gives its id. */
  async disableMapping(functionName: string): Promise<string> {
    const name = this.physicalId('AWS::Lambda::Function', functionName);
    const { EventSourceMappings } = await this.call('lambda', 'ListEventSourceMappings', { FunctionName: name });
    const [{ UUID }] = EventSourceMappings;
    this.mending.push(() => this.call('lambda', 'UpdateEventSourceMapping', { UUID, Enabled: true }));
    await this.call('lambda', 'UpdateEventSourceMapping', { UUID, Enabled: false });
    await this.until(`a disabled mapping of ${functionName}`, async () => {
      const { State } = await this.call('lambda', 'GetEventSourceMapping', { UUID });
      return State === 'Disabled';
    });
    return UUID;
  }

  /** Disables a schedule, and gives what enables it. */
  async disableSchedule(name: string): Promise<() => Promise<void>> {
    const Name = this.physicalId('AWS::Scheduler::Schedule', name);
    const { ScheduleExpression, FlexibleTimeWindow, Target } = await this.call('scheduler', 'GetSchedule', { Name });
    const put = (State: string) =>
      this.call('scheduler', 'UpdateSchedule', { Name, ScheduleExpression, FlexibleTimeWindow, Target, State });
    await put('DISABLED');
    const enable = () => put('ENABLED');
    this.mending.push(enable);
    return enable;
  }

  /** Loses the executions of a machine, whose ARN is an output, until what it gives is called: see {@link loseExecutions}. */
  lose(machine: string): () => void {
    const executions = this.executionArn(machine, '');
    const find = loseExecutions((executionArn) => executionArn.startsWith(executions));
    this.mending.push(async () => find());
    return find;
  }

  /** Deploys another assembly over this one; gives what deploys this one again. */
  async deploy(assemblyFolder: string): Promise<() => Promise<void>> {
    await this.embedded.deploy(assemblyFolder);
    const takeBack = async () => void (await this.embedded.deploy(ASSEMBLY_FOLDER));
    this.mending.push(takeBack);
    return takeBack;
  }

  /** Ends what earlier cases have left behind: refusals, faults, what was disabled, lost or deployed, parked messages. */
  async heal(): Promise<void> {
    this.denied.clear();
    for (const mend of this.mending.splice(0)) await mend();
    for (const output of Object.keys(this.outputs).filter((name) => /(DeadLetter|Review|Parked)QueueUrl$/.test(name))) {
      if ((await this.depth(output)) === 0) continue;
      await this.call('sqs', 'PurgeQueue', { QueueUrl: this.outputs[output] });
    }
  }

  /** The alarms whose runbook is a page, and that tell somebody. */
  async alarmsOf(page: string): Promise<ToldAlarm[]> {
    const found: ToldAlarm[] = [];
    let NextToken: string | undefined;
    do {
      const AlarmTypes = ['MetricAlarm', 'CompositeAlarm'];
      const told = await this.call('monitoring', 'DescribeAlarms', { AlarmTypes, MaxRecords: 100, NextToken });
      found.push(...(told.MetricAlarms ?? []), ...(told.CompositeAlarms ?? []));
      NextToken = told.NextToken;
    } while (NextToken);
    return found.filter(
      ({ AlarmDescription, AlarmActions }) => AlarmDescription?.endsWith(`/${page}.md`) && AlarmActions?.length > 0,
    );
  }

  /** The ARN of a machine's execution by its name. */
  executionArn(machine: string, name: string): string {
    return `${this.outputs[machine]!.replace(':stateMachine:', ':execution:')}:${name}`;
  }

  /** The id of the message of a queue whose body contains `text`. */
  async messageId(output: string, text: string): Promise<string> {
    const asked = { QueueUrl: this.outputs[output], MaxNumberOfMessages: 10, VisibilityTimeout: 0 };
    const { Messages = [] } = await this.call('sqs', 'ReceiveMessage', asked);
    const found = Messages.find(({ Body }: any) => Body.includes(text));
    if (!found) throw new Error(`No message of ${output} has ${text}.`);
    return found.MessageId;
  }

  /** Messages of a queue, received or not, by the output that is its URL. */
  async depth(output: string): Promise<number> {
    const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'];
    const asked = { QueueUrl: this.outputs[output], AttributeNames };
    const { Attributes } = await this.call('sqs', 'GetQueueAttributes', asked);
    return Object.values<string>(Attributes).reduce((sum, count) => sum + Number(count), 0);
  }

  /** A row of the table whose name an output is; undefined when there is none. */
  async row(output: string, key: Record<string, string>): Promise<any> {
    const Key = Object.fromEntries(Object.entries(key).map(([name, S]) => [name, { S }]));
    return (await this.call('dynamodb', 'GetItem', { TableName: this.outputs[output], Key, ConsistentRead: true }))
      .Item;
  }

  /** Writes a row of a fault: `scope` meets it at `operation`; `limits` are how often and how long. Gives what takes it away. */
  async fault(
    scope: string,
    operation: string,
    fault: string,
    output = 'FaultsTableName',
    limits: { readonly remaining?: number; readonly delayMilliseconds?: number } = {},
  ): Promise<() => Promise<void>> {
    const Key = { scope: { S: scope }, operation: { S: operation } };
    const TableName = this.outputs[output];
    const numbers = Object.entries(limits).map(([name, value]) => [name, { N: String(value) }]);
    const Item = { ...Key, fault: { S: fault }, ...Object.fromEntries(numbers) };
    await this.call('dynamodb', 'PutItem', { TableName, Item });
    const mend = () => this.call('dynamodb', 'DeleteItem', { TableName, Key });
    this.mending.push(mend);
    return mend;
  }

  /** Waits until something is so, between other work of this process. */
  async until(what: string, isSo: () => Promise<boolean>): Promise<void> {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
      if (await isSo()) return;
      await this.nextTurn();
    }
    throw new Error(
      `There is no ${what} after ${PATIENCE_MS / 1000} s. Warnings: ${this.approvals.warnings.join('\n')}`,
    );
  }

  /** Goes on in steps of time until something is so; throws after `most` steps. */
  async turnUntil(what: string, isSo: () => Promise<boolean>, stepMs = MINUTE_MS, most = 300): Promise<void> {
    for (let steps = 0; ; steps++) {
      await this.rest();
      if (await isSo()) return;
      if (steps === most) {
        throw new Error(`There is no ${what} after ${(most * stepMs) / MINUTE_MS} minutes. Seen last: ${this.note}.`);
      }
      this.clock.leap(stepMs);
    }
  }

  /** Goes on for some time, step by step. */
  async pass(durationMs: number, stepMs = MINUTE_MS): Promise<void> {
    for (let leftMs = durationMs; leftMs > 0; leftMs -= stepMs) {
      await this.rest();
      this.clock.leap(Math.min(leftMs, stepMs));
    }
    await this.rest();
  }

  /** Lets what is due run, until no function runs. */
  async rest(): Promise<void> {
    const lambda = this.embedded.gateway.registered.find(({ name }) => name === 'lambda') as LambdaService;
    for (let turn = 0; turn < 3; turn++) {
      await this.nextTurn();
      await lambda.whenIdle();
    }
    await lambda.flushLogs();
  }

  /** Lets the sockets of the workers be served. */
  private async nextTurn(): Promise<void> {
    await fetch(`${this.embedded.url}/inbox`).then((response) => response.text());
  }

  private async resourcesOf(StackName: string): Promise<Resource[]> {
    const resources: Resource[] = [];
    let NextToken: string | undefined;
    do {
      const page = await this.call('cloudformation', 'ListStackResources', { StackName, NextToken });
      for (const { LogicalResourceId, PhysicalResourceId, ResourceType } of page.StackResourceSummaries) {
        resources.push({
          stack: StackName,
          logicalId: LogicalResourceId,
          physicalId: PhysicalResourceId,
          type: ResourceType,
        });
      }
      NextToken = page.NextToken;
    } while (NextToken);
    return resources;
  }

  private standInTheWay(): void {
    const { authorizer } = this.embedded;
    const authorize = authorizer.authorize.bind(authorizer);
    authorizer.authorize = (caller: Caller, service: string, access: Access, resourcePolicy: object | undefined) => {
      for (const { role, action } of this.denied) {
        if (caller.kind !== 'role' || access.action !== action || !caller.roleArn.endsWith(`/${role}`)) continue;
        const refusal = { kind: 'explicit', policy: 'a service control policy' } as const;
        throw accessDenied(caller, service, action, access.resource, refusal);
      }
      return authorize(caller, service, access, resourcePolicy);
    };
  }
}
