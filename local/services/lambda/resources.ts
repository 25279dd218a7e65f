import type { ResourceProvider } from '../../wire/resource-provider';
import type { LambdaParts } from './lambda-parts';
import { aliasResource } from './resources/alias';
import { eventInvokeConfigResource } from './resources/event-invoke-config';
import { eventSourceMappingResource } from './resources/event-source-mapping';
import { functionResource } from './resources/function';
import { permissionResource } from './resources/permission';
import { versionResource } from './resources/version';

/** The CloudFormation resource types of Lambda. */
export function lambdaResources(parts: LambdaParts): ResourceProvider[] {
  return [
    functionResource(parts),
    versionResource(parts),
    aliasResource(parts),
    permissionResource(parts),
    eventSourceMappingResource(parts),
    eventInvokeConfigResource(parts),
  ];
}
