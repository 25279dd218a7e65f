import { describeVersion } from '../describe-function';
import { type ActionFactory, anyAccess } from '../lambda-parts';
import { page } from '../page';

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html */
export const listFunctions: ActionFactory = ({ store }) => ({
  access: anyAccess('ListFunctions'),
  handle(input) {
    const versions = store
      .listFunctions()
      .flatMap((entry) =>
        input.FunctionVersion === 'ALL' ? [entry.latest, ...entry.versions.values()] : [entry.latest],
      );
    const { items, NextMarker } = page(versions, input);
    return { Functions: items.map((version) => describeVersion(version)), NextMarker };
  },
});
