import { correlationIdIn, correlationIdOf } from '../../../lambdas/shared/observability/correlation-id';

it.each<[string, unknown, string | undefined]>([
  ['visible ASCII', 'shop-checkout:4711/a', 'shop-checkout:4711/a'],
  ['128 characters', 'x'.repeat(128), 'x'.repeat(128)],
  ['more', 'x'.repeat(129), undefined],
  ['nothing', '', undefined],
  ['a line break, which would end a header', 'a\r\nSet-Cookie: b', undefined],
  ['a space', 'a b', undefined],
  ['letters beyond ASCII', 'ä', undefined],
  ['no text', 7, undefined],
])('a correlation id of %s is taken or left', (_, value, taken) => {
  expect(correlationIdOf(value)).toBe(taken);
});

it.each<[string, object, string | undefined]>([
  ['itself', { correlationId: 'c', id: 'e' }, 'c'],
  ['the event in it', { id: 'e', detail: { correlationId: 'c' } }, 'c'],
  ['the event that is parked', { eventId: 'o:1', event: { detail: { correlationId: 'c' } } }, 'c'],
  ['EventBridge’s id of it', { id: 'e', detail: {} }, 'e'],
  ['nothing', { requestId: 'r' }, undefined],
  ['nothing that may be one', { correlationId: 'two words', id: 'e' }, undefined],
])('a message has that of %s', (_, message, found) => {
  expect(correlationIdIn(JSON.stringify(message))).toBe(found);
});

it.each(['no JSON', 'null', '"text"'])('a message that is %s has none', (body) => {
  expect(correlationIdIn(body)).toBeUndefined();
});
