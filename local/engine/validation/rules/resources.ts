import { isFields, type Scope } from '../definition-tree';
import { type Diagnostic, schemaError } from '../diagnostic';
import { expressionOf } from '../query-language';

/** Services with an optimized integration. https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html */
const OPTIMIZED: ReadonlySet<string> = new Set([
  'apigateway',
  'athena',
  'batch',
  'bedrock',
  'codebuild',
  'databrew',
  'dynamodb',
  'ecs',
  'eks',
  'elasticmapreduce',
  'emr-containers',
  'emr-serverless',
  'events',
  'glue',
  'http',
  'lambda',
  'mediaconvert',
  'sagemaker',
  'sns',
  'sqs',
  'states',
]);

/** Services that answer at once: there is nothing that `.sync` could wait for. */
const WITHOUT_SYNC: ReadonlySet<string> = new Set(['lambda', 'sns', 'sqs', 'dynamodb', 'events', 'apigateway', 'http']);
/** Services that hand no token on. */
const WITHOUT_TOKEN: ReadonlySet<string> = new Set([
  'athena',
  'batch',
  'codebuild',
  'elasticmapreduce',
  'emr-containers',
  'emr-serverless',
  'glue',
  'databrew',
  'mediaconvert',
  'sagemaker',
  'dynamodb',
]);

const INTEGRATION = /^arn:aws[\w-]*:states:[^:]*:[^:]*:(?:aws-sdk:([^:]+)|([^:]+)):([^:.]+)(?:\.(.+))?$/;
const ACTIVITY = /^arn:aws[\w-]*:states:[^:]*:[^:]*:activity:.+$/;

/** The Resource of Task states, and what Express machines may not call. */
export function resources(scope: Scope): Diagnostic[] {
  return scope.states.flatMap(({ fields, location }) => {
    const { Type: type, Resource: resource } = fields;
    if (type !== 'Task' || resource === undefined) return [];
    return [
      ...check(resource, `${location}/Resource`, scope.isExpress),
      ...credentials(fields.Credentials, resource, location),
    ];
  });
}

function check(resource: unknown, place: string, isExpress: boolean): Diagnostic[] {
  if (typeof resource !== 'string') return [schemaError(place, 'Expected value of type String')];
  if (expressionOf(resource) !== undefined) return [schemaError(place, 'Value is not a valid resource ARN')];
  if (!/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/.test(resource))
    return [schemaError(place, 'Value is not a valid resource ARN')];
  if (ACTIVITY.test(resource)) {
    return isExpress ? [schemaError(place, 'Express state machine does not support Activity ARN')] : [];
  }
  const match = INTEGRATION.exec(resource);
  if (!match) return resource.split(':')[2] === 'states' ? [unrecognized(place, resource)] : [];
  const [, sdkService, service, , pattern] = match;
  if (!sdkService && !OPTIMIZED.has(service!)) return [unrecognized(place, resource)];
  if (pattern !== undefined && !['sync', 'sync:2', 'waitForTaskToken'].includes(pattern)) {
    return [unrecognized(place, resource)];
  }
  if (pattern !== undefined && !hasPattern(service, pattern)) return [unrecognized(place, resource)];
  if (!isExpress || pattern === undefined) return [];
  return [schemaError(place, `Express state machine does not support '.${pattern}' service integration `)];
}

/** True when calls of a service (undefined for those of the SDK) can wait in this way. */
function hasPattern(service: string | undefined, pattern: string): boolean {
  if (pattern === 'waitForTaskToken') return service === undefined || !WITHOUT_TOKEN.has(service);
  if (pattern === 'sync:2' && service !== 'states') return false;
  return service !== undefined && !WITHOUT_SYNC.has(service);
}

/** Another role for a call; activities are not called. */
function credentials(value: unknown, resource: unknown, location: string): Diagnostic[] {
  if (!isFields(value)) return [];
  const place = `${location}/Credentials`;
  if (typeof resource === 'string' && ACTIVITY.test(resource)) {
    return [schemaError(place, "The field 'Credentials' is not supported for activities")];
  }
  if (value.RoleArn !== undefined || value['RoleArn.$'] !== undefined) return [];
  return [schemaError(place, "The field 'RoleArn' is required but was missing")];
}

function unrecognized(place: string, resource: string): Diagnostic {
  return schemaError(
    place,
    `The resource provided ${resource} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`,
  );
}
