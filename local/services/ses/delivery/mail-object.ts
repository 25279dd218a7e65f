import type { Caller } from '../../../wire/caller';
import { domainOf } from '../address';
import type { ReadableMessage } from '../message/read-message';
import type { Identity } from '../model';
import type { MailObject } from './message-event';
import type { Sending } from './sending';

/** Headers beyond this many bytes are left out of events. */
const LIMIT_HEADERS_BYTES = 10 * 1024;

/** What an event says of the mail it is about. */
export function mailObject(
  sending: Sending,
  sent: {
    readonly messageId: string;
    readonly timestamp: string;
    readonly accountId: string;
    readonly identity: Identity;
    readonly configurationSetName: string | undefined;
    readonly caller: Caller;
    /** Absent when nothing could be rendered. */
    readonly message?: ReadableMessage;
  },
): MailObject {
  const headers = sent.message?.headers ?? [];
  let bytes = 0;
  const shown = headers.filter(({ name, value }) => {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(value);
    return bytes <= LIMIT_HEADERS_BYTES;
  });
  return {
    timestamp: sent.timestamp,
    source: sending.fromText,
    sourceArn: sent.identity.arn,
    sendingAccountId: sent.accountId,
    messageId: sent.messageId,
    destination: sending.addresses,
    headersTruncated: shown.length < headers.length,
    headers: shown,
    commonHeaders: commonHeaders(sending, sent.messageId, headers),
    tags: tagsOf(sending, sent.configurationSetName, sent.caller),
  };
}

function commonHeaders(sending: Sending, messageId: string, headers: ReadableMessage['headers']) {
  const value = (name: string) => headers.find((header) => header.name.toLowerCase() === name)?.value;
  const { to, cc } = sending.recipients;
  return {
    from: [value('from') ?? sending.fromText],
    ...(value('reply-to') !== undefined && { replyTo: [value('reply-to')] }),
    ...(value('date') !== undefined && { date: value('date') }),
    ...(to.length > 0 && { to }),
    ...(cc.length > 0 && { cc }),
    messageId,
    ...(value('subject') !== undefined && { subject: value('subject') }),
  };
}

/** The tags that SES gives every mail, then the caller's. */
function tagsOf(sending: Sending, set: string | undefined, caller: Caller): Record<string, string[]> {
  return {
    'ses:operation': [sending.operation],
    ...(set !== undefined && { 'ses:configuration-set': [set] }),
    'ses:source-ip': ['127.0.0.1'],
    'ses:from-domain': [domainOf(sending.from.address)],
    'ses:caller-identity': [callerName(caller)],
    ...Object.fromEntries(sending.tags.map(({ Name, Value }) => [Name, [Value]])),
  };
}

function callerName(caller: Caller): string {
  if (caller.kind === 'service') return caller.principal;
  return (caller.kind === 'role' ? caller.roleArn : caller.arn).split('/').pop()!;
}
