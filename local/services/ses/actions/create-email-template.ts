import { alreadyExists, badRequest } from '../faults';
import { checkTemplate } from '../message/render-template';
import type { EmailTemplate, TemplateContent } from '../model';
import { type ActionFactory, resourceAccess, type SesParts } from '../ses-parts';

const NAME = /^[A-Za-z0-9_-]{1,64}$/;
const LIMIT_BYTES = 500 * 1024;

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateEmailTemplate.html */
export const createEmailTemplate: ActionFactory = (parts) => ({
  access: resourceAccess(parts, 'CreateEmailTemplate', 'template', 'TemplateName'),
  handle({ TemplateName, TemplateContent: content }) {
    addTemplate(parts, TemplateName, content);
    return {};
  },
});

/** Throws BadRequestException, AlreadyExistsException. */
export function addTemplate(parts: SesParts, name: unknown, content: TemplateContent | undefined): EmailTemplate {
  const { store, host } = parts;
  if (typeof name !== 'string' || !NAME.test(name)) {
    throw badRequest(`A template's name takes 1 to 64 letters, numbers, underscores and dashes: ${name}`);
  }
  if (store.findTemplate(name)) throw alreadyExists(`Template ${name} already exists.`);
  const template = { name, content: checkedContent(content), createdAtMs: host.kernel.clock.now() };
  store.putTemplate(template);
  return template;
}

/** Throws BadRequestException for a template that is empty, too large, or not emulated. */
export function checkedContent(content: TemplateContent | undefined): TemplateContent {
  const { Subject, Text, Html } = checkTemplate(content);
  const bytes = [Subject, Text, Html].reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), 0);
  if (bytes > LIMIT_BYTES) throw badRequest(`A template takes at most ${LIMIT_BYTES} bytes.`);
  return { Subject, Text, Html };
}
