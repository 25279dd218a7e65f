/**
 * Reads what SendEmail asks for and refuses what SES would. No state is looked at.
 * https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
 */
import PostalMime from 'postal-mime';
import { parseMailbox } from '../address';
import { badRequest } from '../faults';
import { headerOf, headersOf, readRawMessage } from '../message/header-fields';
import { readTemplateData } from '../message/render-template';
import type { HeaderField, MessageTag } from '../model';
import { readAttachments, readHeaders, readSubject, readTags } from './read-content';
import type { Recipients, Sending } from './sending';

const LIMIT_RECIPIENTS = 50;

/** Input of SendEmail, as far as it is looked at. */
export interface SendEmailInput {
  readonly FromEmailAddress?: string;
  readonly FromEmailAddressIdentityArn?: string;
  readonly FeedbackForwardingEmailAddress?: string;
  readonly Destination?: { ToAddresses?: string[]; CcAddresses?: string[]; BccAddresses?: string[] };
  readonly ReplyToAddresses?: string[];
  readonly ConfigurationSetName?: string;
  readonly EmailTags?: MessageTag[];
  readonly Content?: {
    readonly Simple?: {
      readonly Subject?: { Data?: string };
      readonly Body?: { readonly Text?: { Data?: string }; readonly Html?: { Data?: string } };
      readonly Headers?: { Name?: string; Value?: string }[];
      readonly Attachments?: object[];
    };
    readonly Raw?: { readonly Data?: string };
    readonly Template?: {
      readonly TemplateName?: string;
      readonly TemplateArn?: string;
      readonly TemplateContent?: { Subject?: string; Text?: string; Html?: string };
      readonly TemplateData?: string;
      readonly Headers?: { Name?: string; Value?: string }[];
      readonly Attachments?: object[];
    };
  };
}

/** Throws BadRequestException. */
export function readSending(input: SendEmailInput): Sending {
  const { Simple, Raw, Template } = input.Content ?? {};
  if ([Simple, Raw, Template].filter(Boolean).length !== 1) {
    throw badRequest('Content must hold one of Simple, Raw and Template.');
  }
  if (Raw) return readRaw(input, Raw.Data);
  const fromText = input.FromEmailAddress;
  if (!fromText) throw badRequest("Missing required header 'From'.");
  const shared = { ...readShared(input, fromText, destinationOf(input)), tags: readTags(input.EmailTags) };
  if (Template) {
    const { TemplateName, TemplateArn, TemplateContent, TemplateData } = Template;
    const name = TemplateName ?? TemplateArn?.slice(TemplateArn.indexOf('template/') + 'template/'.length);
    if (!name && !TemplateContent) throw badRequest('A template needs a TemplateName or a TemplateContent.');
    return {
      ...shared,
      operation: 'SendTemplatedEmail',
      content: {
        kind: 'template',
        name: TemplateContent ? undefined : name,
        content: TemplateContent,
        data: readTemplateData(TemplateData),
        parts: { headers: readHeaders(Template.Headers), attachments: readAttachments(Template.Attachments) },
      },
    };
  }
  const { Subject, Body, Headers, Attachments } = Simple!;
  const [text, html] = [Body?.Text?.Data, Body?.Html?.Data];
  if (text === undefined && html === undefined) throw badRequest('The body needs a Text or an Html part.');
  const parts = { subject: readSubject(Subject?.Data), text, html, headers: readHeaders(Headers) };
  return {
    ...shared,
    operation: 'SendEmail',
    content: { kind: 'composed', parts: { ...parts, attachments: readAttachments(Attachments) } },
  };
}

function readShared(input: SendEmailInput, fromText: string, recipients: Recipients) {
  const all = [...recipients.to, ...recipients.cc, ...recipients.bcc];
  if (all.length === 0) throw badRequest('At least one recipient is required.');
  if (all.length > LIMIT_RECIPIENTS) throw badRequest(`Recipient count exceeds ${LIMIT_RECIPIENTS}.`);
  const replyTo = input.ReplyToAddresses ?? [];
  for (const text of [...replyTo, input.FeedbackForwardingEmailAddress ?? fromText]) parseMailbox(text);
  return {
    from: parseMailbox(fromText),
    fromText,
    feedbackText: input.FeedbackForwardingEmailAddress,
    claimedSenders: [] as string[],
    identityArn: input.FromEmailAddressIdentityArn,
    recipients,
    addresses: [...new Set(all.map((text) => parseMailbox(text).address))],
    replyTo,
    configurationSetName: input.ConfigurationSetName,
  };
}

function destinationOf({ Destination = {} }: SendEmailInput): Recipients {
  const { ToAddresses = [], CcAddresses = [], BccAddresses = [] } = Destination;
  return { to: ToAddresses, cc: CcAddresses, bcc: BccAddresses };
}

/** Recipients of the request go before those of the message's headers, as does the sender. */
function readRaw(input: SendEmailInput, data: string | undefined): Sending {
  if (!data) throw badRequest('The raw message is empty.');
  const message = readRawMessage(Buffer.from(data, 'base64'));
  const { fields } = message;
  const fromText = input.FromEmailAddress ?? addressesOf(fields, 'From')[0];
  if (!fromText) throw badRequest("Missing required header 'From'.");
  const given = destinationOf(input);
  const isGiven = given.to.length + given.cc.length + given.bcc.length > 0;
  const named = { to: addressesOf(fields, 'To'), cc: addressesOf(fields, 'Cc'), bcc: addressesOf(fields, 'Bcc') };
  const shared = readShared(input, fromText, isGiven ? given : named);
  return {
    ...shared,
    operation: 'SendRawEmail',
    claimedSenders: ['From', 'Sender', 'Return-Path'].flatMap((name) => addressesOf(fields, name)),
    configurationSetName: shared.configurationSetName ?? headerOf(fields, 'X-SES-CONFIGURATION-SET'),
    tags: readTags(input.EmailTags ?? tagsOf(headerOf(fields, 'X-SES-MESSAGE-TAGS'))),
    content: { kind: 'raw', message },
  };
}

function addressesOf(fields: readonly HeaderField[], name: string): string[] {
  const mailboxes = headersOf(fields, name).flatMap((value) => PostalMime.addressParser(value, { flatten: true }));
  return mailboxes.map(({ name: shown, address = '' }) =>
    shown ? `"${shown.replace(/["\\]/g, '\\$&')}" <${address}>` : address,
  );
}

/** `name=value, name=value` of the header that a raw message carries its tags in. */
function tagsOf(header: string | undefined): MessageTag[] {
  return (header ?? '')
    .split(',')
    .filter((pair) => pair.trim() !== '')
    .map((pair) => {
      const [Name = '', ...value] = pair.trim().split('=');
      return { Name, Value: value.join('=') };
    });
}
