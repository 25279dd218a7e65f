import { pageOf } from '../page';
import { type ActionFactory, anyAccess } from '../ses-parts';

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListEmailTemplates.html */
export const listEmailTemplates: ActionFactory = ({ store }) => ({
  access: anyAccess('ListEmailTemplates'),
  handle(input) {
    const { page, NextToken } = pageOf(store.allTemplates(), input, 100);
    const TemplatesMetadata = page.map(({ name, createdAtMs }) => ({
      TemplateName: name,
      CreatedTimestamp: createdAtMs / 1000,
    }));
    return { TemplatesMetadata, NextToken };
  },
});
