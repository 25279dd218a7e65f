import { type ActionFactory, resourceAccess } from '../ses-parts';

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetEmailTemplate.html */
export const getEmailTemplate: ActionFactory = (parts) => ({
  access: resourceAccess(parts, 'GetEmailTemplate', 'template', 'TemplateName'),
  handle({ TemplateName }) {
    const { name, content } = parts.store.template(TemplateName);
    return { TemplateName: name, TemplateContent: content };
  },
});
