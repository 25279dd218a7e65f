/** How a task waits for its end. */
export type TaskPattern = 'requestResponse' | 'sync' | 'sync:2' | 'waitForTaskToken';

/** A Resource ARN in its parts; `arn` is the whole. */
export type TaskResource =
  /** `arn:aws:lambda:…:function:NAME[:QUALIFIER]`. */
  | { readonly kind: 'lambda'; readonly arn: string }
  | { readonly kind: 'activity'; readonly arn: string }
  /** `arn:aws:states:::dynamodb:putItem`: service `dynamodb`, action `putItem`. */
  | {
      readonly kind: 'service';
      readonly arn: string;
      /** `dynamodb`, `lambda`, `http`, …, in lower case; of an SDK integration (`isSdk`) the SDK's service name. */
      readonly service: string;
      /** In camel case, as written. */
      readonly action: string;
      readonly isSdk: boolean;
      readonly pattern: TaskPattern;
    };

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
