import { type ActionFactory, resourceAccess } from '../ses-parts';

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeleteEmailTemplate.html */
export const deleteEmailTemplate: ActionFactory = (parts) => ({
  access: resourceAccess(parts, 'DeleteEmailTemplate', 'template', 'TemplateName'),
  handle({ TemplateName }) {
    parts.store.deleteTemplate(parts.store.template(TemplateName).name);
    return {};
  },
});
