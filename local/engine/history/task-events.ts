import type { Payload } from '../model/payload';
import type { TaskResource } from '../model/resource';
import { resourceLabels } from '../model/resource';
import { NOT_TRUNCATED } from './event';

/** Type and details of an event, before it has an id. */
export interface EventBody {
  readonly type: string;
  readonly detailsName?: string;
  readonly details?: object;
}

/** All that the …Scheduled event shows. */
export interface TaskSchedule {
  readonly resource: TaskResource;
  readonly region: string;
  readonly parameters: Payload;
  readonly timeoutSeconds?: number;
  readonly heartbeatSeconds?: number;
  readonly roleArn?: string;
}

const FAMILY = { lambda: 'LambdaFunction', activity: 'Activity', service: 'Task' } as const;

/** LambdaFunctionScheduled, ActivityScheduled or TaskScheduled. */
export function taskScheduled(schedule: TaskSchedule): EventBody {
  const { resource, region, parameters, timeoutSeconds, heartbeatSeconds, roleArn } = schedule;
  const common = {
    ...(timeoutSeconds === undefined ? {} : { timeoutInSeconds: timeoutSeconds }),
    ...(heartbeatSeconds === undefined || resource.kind === 'lambda' ? {} : { heartbeatInSeconds: heartbeatSeconds }),
    ...(roleArn === undefined || resource.kind === 'activity' ? {} : { taskCredentials: { roleArn } }),
  };
  if (resource.kind === 'service') {
    return body('TaskScheduled', { ...resourceLabels(resource), region, parameters: parameters.text, ...common });
  }
  const details = { resource: resource.arn, input: parameters.text, inputDetails: NOT_TRUNCATED, ...common };
  return body(`${FAMILY[resource.kind]}Scheduled`, details);
}

/** An event of a task's life: `what` is `Started`, `Submitted`, `Succeeded`, `Failed`, `StartFailed`, `TimedOut` … */
export function taskEvent(resource: TaskResource, what: string, details: object): EventBody {
  if (resource.kind === 'service') return body(`Task${what}`, { ...resourceLabels(resource), ...details });
  const type = `${FAMILY[resource.kind]}${what}`;
  // LambdaFunctionStarted alone has no details at all.
  return type === 'LambdaFunctionStarted' ? { type } : body(type, details);
}

function body(type: string, details: object): EventBody {
  return { type, detailsName: `${type[0]!.toLowerCase()}${type.slice(1)}EventDetails`, details };
}
