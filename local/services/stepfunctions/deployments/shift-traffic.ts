/**
 * Owns the way of an alias from one version to the next while its stack is being updated: step by step, watched by alarms.
 * Behaves as AWS's own handler of the resource type, which looks once a minute, first at the alias, then at the alarms, and then
 * shifts if it is time: https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-stepfunctions
 */
import { administrator } from '../../../wire/gateway';
import { updateStateMachineAlias } from '../actions/update-state-machine-alias';
import type { ServiceContext } from '../context';
import { validation } from '../faults';
import { aliasOf } from '../machine-lookup';
import type { Route } from '../model';
import { cloudFormationCall } from '../resources/cloudformation-call';
import type { GradualPreference } from './deployment-preference';

const LOOK_EVERY_MS = 60_000;
const MINUTE_MS = 60_000;

/** An alias that is to leave one version for another. */
export interface Shift {
  readonly aliasArn: string;
  readonly originArn: string;
  readonly preference: GradualPreference;
}

/**
 * Resolves once the new version has all of the traffic. When one of the alarms is in ALARM, the origin gets all of it again
 * and this rejects, as it does with ValidationException when somebody else changes the alias meanwhile.
 */
export async function shiftTraffic(context: ServiceContext, shift: Shift): Promise<void> {
  const { clock } = context.host.kernel;
  const { Interval, Alarms = [] } = shift.preference;
  let weight = 0;
  let nextShiftMs = clock.now();
  for (;;) {
    if (weight > 0) refuseDrift(context, shift, weight);
    const ringing = await ringingAlarms(context, Alarms);
    if (ringing.length > 0) {
      await route(context, shift, 0);
      throw new Error(
        `Aborting deployment. The following CloudWatch alarms are in an 'ALARM' state: [${ringing.join(', ')}].`,
      );
    }
    if (clock.now() >= nextShiftMs) {
      weight = nextWeight(weight, shift.preference);
      await route(context, shift, weight);
      if (weight === 100) return;
      nextShiftMs = clock.now() + Interval * MINUTE_MS;
    }
    await new Promise<void>((resolve) => clock.schedule(clock.now() + LOOK_EVERY_MS, resolve));
  }
}

function nextWeight(weight: number, { Type, Percentage }: GradualPreference): number {
  if (Type === 'CANARY' && weight > 0) return 100;
  return Math.min(100, weight + Percentage);
}

/** The routes when the new version has so many per cent of the traffic. */
function routesAt({ originArn, preference }: Shift, weight: number): Route[] {
  return [
    { stateMachineVersionArn: preference.StateMachineVersionArn, weight },
    { stateMachineVersionArn: originArn, weight: 100 - weight },
  ].filter((each) => each.weight > 0);
}

async function route(context: ServiceContext, shift: Shift, weight: number): Promise<void> {
  const input = { stateMachineAliasArn: shift.aliasArn, routingConfiguration: routesAt(shift, weight) };
  await updateStateMachineAlias(context).handle(input, cloudFormationCall(context));
}

function refuseDrift(context: ServiceContext, shift: Shift, weight: number): void {
  const expected = readable(routesAt(shift, weight));
  const actual = readable(aliasOf(context, shift.aliasArn).alias.routes);
  if (actual === expected) return;
  throw validation(
    `Failed to continue deployment of type '${shift.preference.Type}', drift detected. Expected routing ` +
      `configuration: '${expected}', actual routing configuration: '${actual}'. Ensure that UpdateStateMachineAlias ` +
      'is not being invoked elsewhere and try the deployment again.',
  );
}

function readable(routes: readonly Route[]): string {
  const texts = routes.map(({ stateMachineVersionArn, weight }) => `${stateMachineVersionArn}=${weight}`);
  return `[${texts.sort().join(', ')}]`;
}

/** An alarm that does not exist does not ring. */
async function ringingAlarms({ host }: ServiceContext, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const { MetricAlarms, CompositeAlarms } = await host.call(
    administrator(host.accountId),
    'monitoring',
    'DescribeAlarms',
    { AlarmNames: names, AlarmTypes: ['CompositeAlarm', 'MetricAlarm'], StateValue: 'ALARM', MaxRecords: 100 },
  );
  return [...MetricAlarms, ...CompositeAlarms].map(({ AlarmName }: { AlarmName: string }) => AlarmName);
}
