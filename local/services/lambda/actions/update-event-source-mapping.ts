import { type ActionFactory, mappingAccess } from '../lambda-parts';
import { currentSettings, updateMapping } from '../mappings/mapping-changes';
import { describeMapping } from '../mappings/mapping-configuration';

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html: members left out keep their value. */
export const updateEventSourceMapping: ActionFactory = (parts) => ({
  access: mappingAccess(parts, 'UpdateEventSourceMapping'),
  handle({ UUID, ...change }) {
    const mapping = updateMapping(parts, UUID, { ...currentSettings(parts.store.mapping(UUID)), ...change });
    return { ...describeMapping(mapping, parts.store.arnOf(mapping)), State: 'Updating' };
  },
});
