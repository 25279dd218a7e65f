import type { Bus } from './model';

/** A bus as DescribeEventBus and ListEventBuses give it; times in seconds since the epoch. */
export function describeBus(bus: Bus) {
  return {
    Name: bus.name,
    Arn: bus.arn,
    Description: bus.description,
    Policy: bus.policy && JSON.stringify(bus.policy),
    CreationTime: bus.createdAtMs / 1000,
    LastModifiedTime: bus.modifiedAtMs / 1000,
  };
}
