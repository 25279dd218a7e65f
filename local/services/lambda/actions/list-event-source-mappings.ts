import { readFunctionReference } from '../function-arn';
import { type ActionFactory, anyAccess } from '../lambda-parts';
import { describeMapping } from '../mappings/mapping-configuration';
import { page } from '../page';

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListEventSourceMappings.html */
export const listEventSourceMappings: ActionFactory = ({ store }) => ({
  access: anyAccess('ListEventSourceMappings'),
  handle(input) {
    const wanted = input.FunctionName ? readFunctionReference(input.FunctionName).functionName : undefined;
    const found = store
      .listMappings()
      .filter((mapping) => !wanted || mapping.functionName === wanted)
      .filter((mapping) => !input.EventSourceArn || mapping.EventSourceArn === input.EventSourceArn);
    const { items, NextMarker } = page(found, input);
    return { EventSourceMappings: items.map((mapping) => describeMapping(mapping, store.arnOf(mapping))), NextMarker };
  },
});
