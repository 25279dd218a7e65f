import type { AskMessage } from '../contracts/ask-message';
import { mailAddressOf } from '../contracts/fields';
import type { EditableFields } from './editable';
import { fitsField } from './edits';
import { RejectedMessage } from './rejected-message';
import type { Requester, Rule } from './request';
import { requestIdOf } from './request-id';

/** An ask that can be opened: addresses in lower case and once each, none of them the requester's. */
export interface CheckedAsk extends Pick<AskMessage, 'attempt' | 'taskToken' | 'title' | 'description' | 'payload'> {
  readonly requestId: string;
  readonly requester: Requester;
  readonly approvers: readonly string[];
  readonly isRequesterExcluded: boolean;
  readonly rule: Rule;
  readonly editable: EditableFields;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  readonly reminders?: AskMessage['reminders'];
  readonly escalation?: { readonly afterSeconds: number; readonly to: readonly string[] };
  readonly correlationId?: string;
  /** The ARN of the execution that asks, if the request key begins with one. */
  readonly askedBy?: string;
}

/** Checks what a schema cannot: that the rule can be satisfied and what is editable stands in the payload. */
export function checkAsk(message: AskMessage): CheckedAsk {
  const requestId = requestIdOf(message.requestKey);
  const { taskToken, payload, rule = { kind: 'anyOf' as const }, editable = {} } = message;
  const email = message.requester.email === undefined ? undefined : mailAddressOf(message.requester.email);
  const everybody = addressesOf(message.approvers);
  const approvers = everybody.filter((address) => address !== email);
  const contacts = addressesOf(message.escalation?.to ?? []);
  const to = contacts.filter((address) => address !== email);

  const faults = [
    ...(approvers.length === 0 ? ['/approvers: the requester may not approve, and nobody else is named'] : []),
    ...(rule.kind === 'kOf' && rule.needed > approvers.length
      ? [`/rule/needed: ${rule.needed} must approve, but only ${approvers.length} can`]
      : []),
    ...(rule.kind !== 'anyOf' && Object.keys(editable).length > 0
      ? ['/editable: only with the rule anyOf, since nobody approves what another changes']
      : []),
    ...editableFaults(editable, payload),
  ];
  if (faults.length > 0) throw new RejectedMessage('InvalidAsk', faults.join('; '), { taskToken, requestId });
  return {
    requestId,
    attempt: message.attempt,
    taskToken,
    title: message.title,
    description: message.description,
    payload,
    requester: { name: message.requester.name, email },
    approvers,
    isRequesterExcluded: approvers.length < everybody.length || to.length < contacts.length,
    rule,
    editable,
    expiresAt: Date.parse(message.askedAt) + message.expiresInSeconds * 1000,
    reminders: message.reminders,
    escalation: message.escalation && to.length > 0 ? { ...message.escalation, to } : undefined,
    correlationId: message.correlationId,
    askedBy: /^arn:[^/]+:execution:[^/]+(?=\/)/.exec(message.requestKey)?.[0],
  };
}

function addressesOf(texts: readonly string[]): string[] {
  return [...new Set(texts.flatMap((text) => mailAddressOf(text) ?? []))];
}

function editableFaults(editable: EditableFields, payload: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(editable).flatMap(([name, field]) => {
    const value = Object.hasOwn(payload, name) ? payload[name] : undefined;
    if (fitsField(field, value)) return [];
    const wanted = field.type === 'choice' ? 'one of its choices' : `a value of the type ${field.type}`;
    return [`/editable/${JSON.stringify(name)}: the payload must hold ${wanted} under this name`];
  });
}
