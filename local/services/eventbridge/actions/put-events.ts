import { AwsError } from '../../../wire/aws-error';
import type { Caller } from '../../../wire/caller';
import { isTooDeep } from '../../../wire/json-depth';
import type { Access, Action } from '../../../wire/service';
import { validTraceHeader } from '../../../wire/trace-header';
import type { EventBridge } from '../event-bridge';
import { timeMs, wholeSeconds } from '../event-time';
import { constraint, validation } from '../faults';
import type { Event } from '../model';

/** One entry of PutEvents. Time is a Date from inside, seconds since the epoch from the wire. */
export interface PutEventsEntry {
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly Resources?: readonly string[];
  readonly Time?: number | string | Date;
  readonly EventBusName?: string;
  readonly TraceHeader?: string;
  /** The word by which a bus of ours hands an event on: not a member of the API. */
  readonly Transit?: string;
}

interface PutEventsInput {
  readonly Entries?: readonly PutEventsEntry[];
}

type EntryResult = { EventId: string } | { ErrorCode: string; ErrorMessage: string };

/** All entries together. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html */
const LIMIT_BYTES = 1024 * 1024;
const TIME_BYTES = 14;

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
export function putEvents(bridge: EventBridge): Action<PutEventsInput> {
  return {
    access: (input, { caller }) => accesses(bridge, readEntries(input), caller),
    handle: (input, { caller, traceHeader }) => {
      const Entries = readEntries(input);
      if (Entries.length < 1 || Entries.length > 10) {
        const rule = Entries.length < 1 ? 'greater than or equal to 1' : 'less than or equal to 10';
        throw constraint('entries', JSON.stringify(Entries), `have length ${rule}`);
      }
      if (Entries.reduce((sum, entry) => sum + entryBytes(entry), 0) > LIMIT_BYTES) {
        throw validation('Total size of the entries in the request is over the limit.');
      }
      const results = Entries.map((entry) =>
        putEvent(bridge, { ...entry, TraceHeader: entry.TraceHeader ?? traceHeader }, caller),
      );
      return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
    },
  };
}

const TEXTS = ['Source', 'DetailType', 'Detail', 'EventBusName', 'TraceHeader', 'Transit'] as const;

/** The entries of a request. Throws SerializationException for members of another kind than the API has. */
function readEntries({ Entries }: PutEventsInput): readonly PutEventsEntry[] {
  if (Entries === undefined || Entries === null) return [];
  if (!Array.isArray(Entries) || !Entries.every(isEntry)) {
    throw new AwsError(
      'SerializationException',
      'The entries of the request are not of the kind that PutEvents takes.',
    );
  }
  return Entries;
}

function isEntry(entry: unknown): entry is PutEventsEntry {
  if (entry === null || typeof entry !== 'object' || Array.isArray(entry)) return false;
  const { Resources, ...members } = entry as Record<string, unknown>;
  const isText = (value: unknown) => value === undefined || value === null || typeof value === 'string';
  return (
    TEXTS.every((name) => isText(members[name])) && (Array.isArray(Resources) ? Resources.every(isText) : !Resources)
  );
}

/** AWS services put their events on the default bus without anybody's leave. */
function accesses(bridge: EventBridge, entries: readonly PutEventsEntry[], caller: Caller): Access[] {
  if (caller.kind === 'service') return [];
  return entries.map((entry) => ({
    action: 'events:PutEvents',
    resource: bridge.busArn(bridge.busName(entry.EventBusName)),
    context: {
      ...(entry.Source && { 'events:source': entry.Source }),
      ...(entry.DetailType && { 'events:detail-type': entry.DetailType }),
    },
  }));
}

function entryBytes(entry: PutEventsEntry): number {
  const texts = [entry.Source, entry.DetailType, entry.Detail, ...(entry.Resources ?? [])];
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), 0);
  return entry.Time === undefined ? bytes : bytes + TIME_BYTES;
}

function putEvent(bridge: EventBridge, entry: PutEventsEntry, caller: Caller): EntryResult {
  const busName = bridge.busName(entry.EventBusName);
  const forwarded = bridge.deliverer.takeTransit(entry.Transit);
  const refusal = forwarded ? undefined : refuse(entry, caller);
  if (refusal) return refusal;
  const event = forwarded ?? newEvent(bridge, entry);
  // As on AWS, a bus that is not there takes the event and loses it.
  if (!bridge.store.findBus(busName)) {
    bridge.host.warn(`EventBridge: event ${event.id} (${event['detail-type']}) is lost, there is no bus ${busName}`);
  }
  bridge.deliverer.accept(busName, event, { traceHeader: validTraceHeader(entry.TraceHeader) });
  return { EventId: event.id };
}

function refuse(entry: PutEventsEntry, caller: Caller): EntryResult | undefined {
  for (const name of ['Source', 'DetailType', 'Detail'] as const) {
    if (!entry[name]) {
      const ErrorMessage = `Parameter ${name} is not valid. Reason: ${name} is a required argument.`;
      return { ErrorCode: 'InvalidArgument', ErrorMessage };
    }
  }
  if (entry.Source!.startsWith('aws.') && caller.kind !== 'service') {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  return isJsonObject(entry.Detail!)
    ? undefined
    : { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
}

function isJsonObject(text: string): boolean {
  try {
    const value = isTooDeep(Buffer.from(text)) ? undefined : JSON.parse(text);
    return value !== undefined && value !== null && typeof value === 'object' && !Array.isArray(value);
  } catch {
    return false;
  }
}

function newEvent(bridge: EventBridge, entry: PutEventsEntry): Event {
  return {
    version: '0',
    id: bridge.host.kernel.random.uuid(),
    'detail-type': entry.DetailType!,
    source: entry.Source!,
    account: bridge.host.accountId,
    time: wholeSeconds(timeMs(entry.Time) ?? bridge.now()),
    region: bridge.host.region,
    resources: [...(entry.Resources ?? [])],
    detail: JSON.parse(entry.Detail!),
  };
}
