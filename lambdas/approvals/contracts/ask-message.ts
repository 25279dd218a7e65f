import * as z from 'zod/mini';
import { editableFields } from './editable-fields';
import {
  addressField,
  correlationIdField,
  hashField,
  lineField,
  requestIdField,
  textField,
  wholeField,
} from './fields';
import { isPayload, LARGEST_PAYLOAD_BYTES, MOST_LEVELS, payloadBytes } from './payload';

const YEAR_SECONDS = 31_536_000;

const addresses = (most: number, name: string) =>
  z
    .array(addressField, `${name} must be an array of addresses`)
    .check(z.minLength(1, `${name} must not be empty`), z.maxLength(most, `${name} must be at most ${most}`));

/** The task token: whoever has it can answer for the workflow, so it is never shown. */
export const taskTokenField = z
  .string('taskToken must be text')
  .check(z.minLength(1, 'taskToken must not be empty'), z.maxLength(2048, 'taskToken is too long'));

/** The version of messages in the approvals queue. */
export const MESSAGE_VERSION = 1;

/** What a machine sends to ask for an approval. Unknown fields are refused, so that a misspelt one is noticed. */
export const askMessage = z.strictObject(
  {
    kind: z.literal('ask'),
    version: z.literal(MESSAGE_VERSION, `version must be ${MESSAGE_VERSION}`),
    /** Unique for each ask: execution ARN, state name and the moment at which the state was entered. */
    requestKey: lineField(512, 'requestKey'),
    /** The retry of the asking state: `State.RetryCount`. */
    attempt: wholeField(0, 1_000, 'attempt'),
    taskToken: taskTokenField,
    title: lineField(120, 'title'),
    description: z.optional(textField(2_000, 'description')),
    requester: z.strictObject(
      { name: lineField(200, 'name'), email: z.optional(addressField) },
      'requester must be {name, email?}',
    ),
    payload: z
      .custom<Readonly<Record<string, unknown>>>(
        isPayload,
        `payload must be an object with at most ${MOST_LEVELS} levels`,
      )
      .check(
        z.refine(
          (payload) => payloadBytes(payload) <= LARGEST_PAYLOAD_BYTES,
          `payload must have at most ${LARGEST_PAYLOAD_BYTES} bytes; put what is larger elsewhere and name it by its hash`,
        ),
      ),
    approvers: addresses(20, 'approvers'),
    rule: z.optional(
      z.discriminatedUnion(
        'kind',
        [
          z.strictObject({ kind: z.literal('anyOf') }),
          z.strictObject({ kind: z.literal('kOf'), needed: wholeField(1, 20, 'needed') }),
          z.strictObject({ kind: z.literal('inSequence') }),
        ],
        'rule must be {kind: anyOf}, {kind: kOf, needed} or {kind: inSequence}',
      ),
    ),
    editable: z.optional(editableFields),
    /** When the state was entered: `State.EnteredTime`. */
    askedAt: z.iso.datetime('askedAt must be an ISO 8601 moment in UTC'),
    expiresInSeconds: wholeField(60, YEAR_SECONDS, 'expiresInSeconds'),
    reminders: z.optional(
      z.strictObject(
        { everySeconds: wholeField(60, YEAR_SECONDS, 'everySeconds'), atMost: wholeField(1, 30, 'atMost') },
        'reminders must be {everySeconds, atMost}',
      ),
    ),
    escalation: z.optional(
      z.strictObject(
        { afterSeconds: wholeField(60, YEAR_SECONDS, 'afterSeconds'), to: addresses(10, 'to') },
        'escalation must be {afterSeconds, to}',
      ),
    ),
    correlationId: z.optional(correlationIdField),
  },
  'the message must be an object',
);

/** A checked ask. */
export type AskMessage = z.infer<typeof askMessage>;

/** What whoever acts on a decision sends when what it was to act on is not what was approved. */
export const actionRefusedMessage = z.strictObject(
  {
    kind: z.literal('actionRefused'),
    version: z.literal(MESSAGE_VERSION, `version must be ${MESSAGE_VERSION}`),
    requestId: requestIdField,
    action: lineField(80, 'action'),
    expectedHash: hashField,
    actualHash: hashField,
    reason: z.optional(lineField(300, 'reason')),
  },
  'the message must be an object',
);

/** A checked report of a refused action. */
export type ActionRefusedMessage = z.infer<typeof actionRefusedMessage>;
