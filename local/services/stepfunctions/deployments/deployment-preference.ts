import { validation } from '../faults';

/** How traffic goes over to a version, as templates write it; intervals are minutes. */
export interface DeploymentPreference {
  readonly StateMachineVersionArn: string;
  readonly Type: string;
  readonly Percentage?: number;
  readonly Interval?: number;
  readonly Alarms?: readonly string[];
}

/** A preference that shifts traffic in steps. */
export type GradualPreference = DeploymentPreference & { readonly Percentage: number; readonly Interval: number };

const TYPES = ['LINEAR', 'ALL_AT_ONCE', 'CANARY'];

/** CloudFormation waits no longer for one resource. */
const LONGEST_MINUTES = 2100;

/** Throws ValidationException for a preference that AWS refuses before anything is shifted. */
export function checkPreference(preference: DeploymentPreference): void {
  const { Type: type, Interval: interval, Percentage: percentage } = preference;
  if (!TYPES.includes(type)) {
    throw validation(`#/DeploymentPreference/Type: #: ${type} is not a valid enum value`);
  }
  if (type === 'ALL_AT_ONCE') return;
  const missing = [
    ...(interval === undefined ? ['interval'] : []),
    ...(percentage === undefined ? ['percentage'] : []),
  ];
  if (missing.length > 0) throw validation(missingMessage(type, missing));
  refuseOutside('Percentage', percentage!, 1, 99);
  refuseOutside('Interval', interval!, 1, LONGEST_MINUTES);
  const minutes = Math.ceil(100 / percentage!) * interval!;
  if (type === 'LINEAR' && minutes > LONGEST_MINUTES) {
    throw validation(
      `The linear deployment configured is estimated to take ${minutes} minutes, which exceeds the maximum allowable ` +
        `deployment time of ${LONGEST_MINUTES} minutes. Configure the deployment preference to use a higher shift ` +
        'percentage or lower time interval and try again.',
    );
  }
}

/** Whether traffic is shifted in steps; {@link checkPreference} has let the preference through. */
export function isGradual(preference: DeploymentPreference): preference is GradualPreference {
  return preference.Type !== 'ALL_AT_ONCE';
}

function missingMessage(type: string, missing: readonly string[]): string {
  const properties = missing.map((name) => `'${name}'`).join(' and ');
  const wanted =
    missing.length === 2 ? 'an interval and percentage' : missing[0] === 'interval' ? 'an interval' : 'a percentage';
  return (
    `Deployments of type '${type}' require ${wanted} for traffic shifting. Configure the deployment preference with ` +
    `the ${properties} ${missing.length === 2 ? 'properties' : 'property'} and try again.`
  );
}

function refuseOutside(name: string, value: number, least: number, most: number): void {
  if (value < least) {
    throw validation(`#/DeploymentPreference/${name}: ${value} is not greater or equal to ${least}`);
  }
  if (value > most) throw validation(`#/DeploymentPreference/${name}: ${value} is not less or equal to ${most}`);
}
