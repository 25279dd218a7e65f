import { type ActionFactory, resourceAccess } from '../ses-parts';
import { checkedContent } from './create-email-template';

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_UpdateEmailTemplate.html */
export const updateEmailTemplate: ActionFactory = (parts) => ({
  access: resourceAccess(parts, 'UpdateEmailTemplate', 'template', 'TemplateName'),
  handle({ TemplateName, TemplateContent }) {
    const before = parts.store.template(TemplateName);
    parts.store.putTemplate({ ...before, content: checkedContent(TemplateContent) });
    return {};
  },
});
