import type { TaskPattern, TaskResource } from '../contract';

const PATTERNS: ReadonlyArray<readonly [suffix: string, pattern: TaskPattern]> = [
  ['.waitForTaskToken', 'waitForTaskToken'],
  ['.sync:2', 'sync:2'],
  ['.sync', 'sync'],
];

/**
 * Takes a Task's Resource ARN apart.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-service-integrations.html
 */
export function parseResource(arn: string): TaskResource {
  const parts = arn.split(':');
  if (parts[2] === 'lambda') return { kind: 'lambda', arn };
  if (parts[2] === 'states' && parts[5] === 'activity') return { kind: 'activity', arn };
  let rest = parts.slice(5).join(':');
  let pattern: TaskPattern = 'requestResponse';
  for (const [suffix, name] of PATTERNS) {
    if (rest.endsWith(suffix)) {
      pattern = name;
      rest = rest.slice(0, -suffix.length);
      break;
    }
  }
  const isSdk = rest.startsWith('aws-sdk:');
  const [service = '', action = ''] = (isSdk ? rest.slice('aws-sdk:'.length) : rest).split(':');
  return { kind: 'service', arn, service, action, isSdk, pattern };
}

/** `resourceType` and `resource` as TaskScheduled shows them: `aws-sdk:dynamodb` and `putItem`, `sqs` and `sendMessage.waitForTaskToken`. */
export function resourceLabels(resource: TaskResource): { resourceType: string; resource: string } {
  if (resource.kind !== 'service') return { resourceType: resource.kind, resource: resource.arn };
  const suffix = PATTERNS.find(([, pattern]) => pattern === resource.pattern)?.[0] ?? '';
  const resourceType = resource.isSdk ? `aws-sdk:${resource.service}` : resource.service;
  return { resourceType, resource: resource.action + suffix };
}
