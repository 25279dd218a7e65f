import { type ActionFactory, anyAccess } from '../lambda-parts';
import { describeMapping } from '../mappings/mapping-configuration';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetEventSourceMapping.html */
export const getEventSourceMapping: ActionFactory = ({ store }) => ({
  access: anyAccess('GetEventSourceMapping'),
  handle(input) {
    const mapping = store.mapping(input.UUID);
    return describeMapping(mapping, store.arnOf(mapping));
  },
});
