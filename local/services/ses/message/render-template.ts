/**
 * Fills in `{{replacements}}`. As on AWS nothing is escaped: who puts a customer's words into HTML escapes them first.
 * https://docs.aws.amazon.com/ses/latest/dg/send-personalized-email-api.html
 */
import { badRequest } from '../faults';
import type { TemplateContent } from '../model';

const TAG = /\{\{\{?([^{}]*)\}?\}\}/g;
const NAME = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/;

/** A template that could not be filled in, in the words of the Rendering Failure event. */
export class RenderingError extends Error {}

/** Throws BadRequestException for what is no template that is emulated. */
export function checkTemplate(content: TemplateContent | undefined): TemplateContent {
  if (!content || (content.Subject === undefined && content.Text === undefined && content.Html === undefined)) {
    throw badRequest('The template content is missing.');
  }
  const texts = [content.Subject, content.Text, content.Html];
  for (const [, name = ''] of texts.flatMap((text) => [...(text ?? '').matchAll(TAG)])) {
    if (!NAME.test(name.trim()))
      throw badRequest(`{{${name}}} is not emulated: a template holds plain {{replacements}} only.`);
  }
  return content;
}

/** Reads the replacements. Throws BadRequestException for what is no JSON object. */
export function readTemplateData(text: string | undefined): Record<string, unknown> {
  let data: unknown;
  try {
    data = JSON.parse(text ?? '{}');
  } catch {
    throw badRequest('Template data is not valid JSON.');
  }
  if (data === null || typeof data !== 'object' || Array.isArray(data)) {
    throw badRequest('Template data is not a JSON object.');
  }
  return data as Record<string, unknown>;
}

/** Throws {@link RenderingError} for a replacement that the data does not have. */
export function renderTemplate(content: TemplateContent, data: Record<string, unknown>): TemplateContent {
  const fill = (text: string | undefined) => text?.replace(TAG, (_, path: string) => valueAt(data, path.trim()));
  return { Subject: fill(content.Subject), Text: fill(content.Text), Html: fill(content.Html) };
}

function valueAt(data: Record<string, unknown>, path: string): string {
  let value: unknown = data;
  for (const name of path.split('.')) {
    const isThere = value !== null && typeof value === 'object' && Object.hasOwn(value, name);
    if (!isThere) throw new RenderingError(`Attribute '${path}' is not present in the rendering data.`);
    value = (value as Record<string, unknown>)[name];
  }
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
}
