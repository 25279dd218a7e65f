import { pageOf } from '../page';
import { type ActionFactory, anyAccess } from '../ses-parts';

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListConfigurationSets.html */
export const listConfigurationSets: ActionFactory = ({ store }) => ({
  access: anyAccess('ListConfigurationSets'),
  handle(input) {
    const { page, NextToken } = pageOf(store.allConfigurationSets(), input);
    return { ConfigurationSets: page.map(({ name }) => name), NextToken };
  },
});
