import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PutCompositeAlarmCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { AlarmAccount } from './alarm-account';
import { ASSEMBLY_FOLDER } from './assembly-folder';

const MINUTE_MS = 60_000;

/** A metric that an alarm reads, and a value to publish. */
export interface Sample {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
  readonly times?: number;
}

/** One stack's alarms of the stage dev as they are synthesized, in a CloudWatch of their own, on a clock that a test turns. */
export class SynthesizedAlarms {
  private constructor(
    readonly account: AlarmAccount,
    private readonly stackName: string,
    private readonly definitions: readonly any[],
  ) {}

  /** Makes the alarm that rings by this id, `OrdersFailing`, with its parts and its causes. */
  static async start(stack: string, bell: string): Promise<SynthesizedAlarms> {
    const stackName = `stepwright-dev-${stack}`;
    const template = JSON.parse(readFileSync(path.join(ASSEMBLY_FOLDER, `${stackName}.template.json`), 'utf8'));
    const all = Object.entries<any>(template.Resources).filter(([, { Type }]) => Type.startsWith('AWS::CloudWatch::'));
    const names = new Map(all.map(([id, { Properties }]) => [id, Properties.AlarmName]));
    const alarms = all.map(([, { Type, Properties }]) => ({ Type, ...resolved(Properties, names) }));
    const account = await AlarmAccount.start();
    const made = new SynthesizedAlarms(account, stackName, alarms);
    await made.make(made.nameOf(bell), new Set());
    return made;
  }

  /** Publishes the samples in each of some minutes, and turns the clock. */
  async minutes(count: number, samples: readonly Sample[] = []): Promise<void> {
    for (let minute = 0; minute < count; minute++) {
      for (const { namespace, name, dimensions, value, times = 1 } of samples) {
        for (let i = 0; i < times; i++) this.account.metrics.record(namespace, name, dimensions, value, 'Count');
      }
      await this.account.clock.turn(MINUTE_MS);
    }
  }

  /** The state of the alarm that rings by this id. */
  state(bell: string): Promise<string> {
    return this.account.state(this.nameOf(bell));
  }

  /** How often the alarm of this id has told somebody that it rings. */
  rung(bell: string): number {
    return this.account.subjects.filter((subject) => subject.startsWith(`ALARM: "${this.nameOf(bell)}"`)).length;
  }

  /** The metrics that an alarm and its parts read. */
  metrics(bell: string): { Namespace: string; MetricName: string; Dimensions?: { Name: string; Value: string }[] }[] {
    return this.parts(this.nameOf(bell)).flatMap((alarm) =>
      alarm.Metrics
        ? alarm.Metrics.filter((query: any) => query.MetricStat).map((query: any) => query.MetricStat.Metric)
        : alarm.MetricName
          ? [alarm]
          : [],
    );
  }

  async close(): Promise<void> {
    await this.account.close();
  }

  private nameOf(bell: string): string {
    return `${this.stackName}-${bell.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase()}`;
  }

  private parts(name: string): any[] {
    const alarm = this.definitions.find(({ AlarmName }) => AlarmName === name);
    return [alarm, ...namesIn(alarm.AlarmRule ?? '').flatMap((part) => this.parts(part))];
  }

  /** An alarm after those that its rule names. */
  private async make(name: string, made: Set<string>): Promise<void> {
    if (made.has(name)) return;
    made.add(name);
    const found = this.definitions.find(({ AlarmName }) => AlarmName === name);
    if (!found) throw new Error(`There is no alarm ${name}.`);
    const { Type, Tags, OKActions, AlarmActions, ...alarm } = found;
    const input = { ...alarm, ...(AlarmActions && { AlarmActions: ['arn:aws:sns:us-east-1:000000000000:bell'] }) };
    for (const part of namesIn(`${alarm.AlarmRule ?? ''} ${alarm.ActionsSuppressor ?? ''}`))
      await this.make(part, made);
    const { client } = this.account;
    if (Type === 'AWS::CloudWatch::Alarm') await client.send(new PutMetricAlarmCommand(input));
    else await client.send(new PutCompositeAlarmCommand(input));
  }
}

/** The alarms of all stacks by their short name. */
export const STACKS = readdirSync(ASSEMBLY_FOLDER)
  .filter((name) => name.endsWith('.template.json'))
  .map((name) => name.replace('stepwright-dev-', '').replace('.template.json', ''));

/** The names of alarms in a rule or an ARN. */
function namesIn(text: string): string[] {
  return [...text.matchAll(/stepwright-dev-[a-z0-9-]+/g)].map(([name]) => name);
}

/** References to alarms become their names and ARNs, all others the logical id: what a metric's dimension is called matters to nobody here. */
function resolved(value: any, names: ReadonlyMap<string, string>): any {
  if (Array.isArray(value)) return value.map((member) => resolved(member, names));
  if (typeof value !== 'object' || value === null) return value;
  if ('Ref' in value) return names.get(value.Ref) ?? value.Ref;
  if ('Fn::ImportValue' in value) return value['Fn::ImportValue'];
  if ('Fn::GetAtt' in value) {
    const [id, attribute] = value['Fn::GetAtt'];
    return attribute === 'Arn' && names.has(id)
      ? `arn:aws:cloudwatch:us-east-1:000000000000:alarm:${names.get(id)}`
      : id;
  }
  if ('Fn::Join' in value) return resolved(value['Fn::Join'][1], names).join(value['Fn::Join'][0]);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, resolved(member, names)]));
}
