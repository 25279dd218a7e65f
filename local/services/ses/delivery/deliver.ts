/**
 * Carries a mail from its acceptance to the inbox and publishes what became of it.
 *
 * Invariants
 * 1. What is refused leaves no trace; what is accepted has a MessageId.
 * 2. A mail is in the inbox before its MessageId is answered and before its events are published.
 */
import type { Caller } from '../../../wire/caller';
import { parseMailbox } from '../address';
import { badRequest, notVerified, sendingPaused } from '../faults';
import { composeMessage, type MessageParts } from '../message/compose-message';
import { headerOf, writeRawMessage } from '../message/header-fields';
import { readMessage } from '../message/read-message';
import { checkTemplate, RenderingError, renderTemplate } from '../message/render-template';
import type { ConfigurationSet, Identity } from '../model';
import type { SesParts } from '../ses-parts';
import { mailObject } from './mail-object';
import { eventsOf, renderingFailure } from './message-event';
import { outcomeAt } from './outcome';
import { readSubject } from './read-content';
import type { Sending } from './sending';

/** Sends one mail; gives its MessageId. Throws AwsError for every refusal. */
export async function deliver(parts: SesParts, sending: Sending, caller: Caller): Promise<string> {
  const { store, host, inbox, events } = parts;
  const identity = senderIdentity(parts, sending);
  const set = configurationSetOf(parts, sending, identity);
  const atMs = host.kernel.clock.now();
  const messageId = newId(parts, atMs);
  const timestamp = new Date(atMs).toISOString();
  const sent = { messageId, timestamp, accountId: host.accountId, identity, configurationSetName: set?.name, caller };
  let source: Buffer;
  try {
    source = sourceOf(parts, sending, messageId, atMs);
  } catch (error) {
    if (!(error instanceof RenderingError) || sending.content.kind !== 'template') throw error;
    const templateName = sending.content.name ?? '';
    host.warn(`SES: mail ${messageId} was accepted and not sent: ${error.message}`);
    const failure = renderingFailure(mailObject(sending, sent), templateName, error.message);
    events.publish([failure], set, { tags: sending.tags, headers: [] });
    return messageId;
  }
  const message = await readMessage(source);
  const outcomes = new Map(sending.addresses.map((address) => [address, outcomeAt(address, store, set)]));
  inbox.add({
    id: messageId,
    sentAtMs: atMs,
    from: sending.fromText,
    recipients: sending.recipients,
    outcomes,
    subject: message.subject,
    hasHtml: message.html !== undefined,
    attachmentNames: message.attachments.map(({ fileName }) => fileName),
    tags: sending.tags,
    configurationSetName: set?.name,
    source,
  });
  store.countSent(atMs, sending.addresses.length);
  const mail = mailObject(sending, { ...sent, message });
  const occasion = { mail, timestamp, newFeedbackId: () => newId(parts, atMs) };
  events.publish(eventsOf(outcomes, occasion), set, { tags: sending.tags, headers: message.headers });
  return messageId;
}

/** Every address that the mail claims to come from must have an identity; the sender's is the one it is sent under. */
function senderIdentity({ store, host }: SesParts, sending: Sending): Identity {
  const identity = store.identityCovering(sending.from.address);
  const { fromText, feedbackText = fromText, claimedSenders } = sending;
  const claimed = new Set([fromText, feedbackText, ...claimedSenders]);
  const failed = [...claimed].filter((text) => !store.identityCovering(parseMailbox(text).address));
  if (!identity || failed.length > 0) throw notVerified(host.region, failed);
  if (sending.identityArn !== undefined && sending.identityArn !== identity.arn) {
    throw badRequest(`The identity ${sending.identityArn} does not stand for the sender ${sending.from.address}.`);
  }
  return identity;
}

function configurationSetOf({ store }: SesParts, sending: Sending, identity: Identity): ConfigurationSet | undefined {
  const name = sending.configurationSetName ?? identity.configurationSetName;
  if (name === undefined) return undefined;
  const set = store.configurationSet(name);
  if (!set.isSendingEnabled) throw sendingPaused(`Sending is disabled for configuration set ${name}.`);
  return set;
}

function sourceOf(parts: SesParts, sending: Sending, messageId: string, atMs: number): Buffer {
  const { content, recipients, replyTo, fromText } = sending;
  const date = new Date(atMs).toUTCString().replace('GMT', '+0000');
  if (content.kind === 'raw') {
    // SES writes these itself, and nobody is to see who gets a blind copy.
    const replaced = /^(bcc|date|message-id|x-ses-.*)$/i;
    const kept = content.message.fields.filter(({ name }) => !replaced.test(name));
    const from = headerOf(kept, 'From') === undefined ? [{ name: 'From', value: fromText }] : [];
    const own = [
      { name: 'Date', value: date },
      { name: 'Message-ID', value: `<${messageId}@email.amazonses.com>` },
    ];
    return writeRawMessage({ fields: [...own, ...from, ...kept], body: content.message.body });
  }
  const addresses = { from: fromText, to: recipients.to, cc: recipients.cc, replyTo };
  const stamp = { messageId, date, boundary: `=_${parts.host.kernel.random.uuid()}` };
  if (content.kind === 'composed') return composeMessage({ ...addresses, ...content.parts }, stamp);
  const template = checkTemplate(content.name ? parts.store.template(content.name).content : content.content);
  const { Subject, Text, Html } = renderTemplate(template, content.data);
  const message: MessageParts = {
    ...addresses,
    ...content.parts,
    // A replacement may hold what no header takes.
    subject: readSubject(Subject ?? ''),
    text: Text ?? (Html === undefined ? '' : undefined),
    html: Html,
  };
  return composeMessage(message, stamp);
}

/** The form of SES's ids: time, a unique part, and a suffix. */
function newId({ host }: SesParts, atMs: number): string {
  return `0100${atMs.toString(16).padStart(12, '0')}-${host.kernel.random.uuid()}-000000`;
}
