import { type ActionFactory, mappingAccess } from '../lambda-parts';
import { deleteMapping } from '../mappings/mapping-changes';
import { describeMapping } from '../mappings/mapping-configuration';

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteEventSourceMapping.html */
export const deleteEventSourceMapping: ActionFactory = (parts) => ({
  access: mappingAccess(parts, 'DeleteEventSourceMapping'),
  handle(input) {
    const mapping = deleteMapping(parts, input.UUID);
    return { ...describeMapping(mapping, parts.store.arnOf(mapping)), State: 'Deleting' };
  },
});
