import { type ActionFactory, mappingAccess } from '../lambda-parts';
import { describeMapping } from '../mappings/mapping-configuration';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetEventSourceMapping.html */
export const getEventSourceMapping: ActionFactory = (parts) => ({
  access: mappingAccess(parts, 'GetEventSourceMapping'),
  handle(input) {
    const mapping = parts.store.mapping(input.UUID);
    return describeMapping(mapping, parts.store.arnOf(mapping));
  },
});
