import { type ActionFactory, anyAccess } from '../lambda-parts';
import { createMapping } from '../mappings/mapping-changes';
import { describeMapping } from '../mappings/mapping-configuration';

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html */
export const createEventSourceMapping: ActionFactory = (parts) => ({
  access: anyAccess('CreateEventSourceMapping'),
  handle(input) {
    const mapping = createMapping(parts, input);
    return { ...describeMapping(mapping, parts.store.arnOf(mapping)), State: 'Creating' };
  },
});
