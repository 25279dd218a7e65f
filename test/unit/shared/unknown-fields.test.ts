import * as z from 'zod/mini';
import { shownFields, unknownFields } from '../../../lambdas/shared/validation/unknown-fields';

const schema = z.object({
  id: z.string(),
  lines: z.array(z.object({ sku: z.string() })),
  customer: z.optional(z.object({ name: z.optional(z.string()) })),
  note: z.nullish(z.object({ text: z.string() })),
  anything: z.optional(z.record(z.string(), z.unknown())),
});

describe('fields that a schema does not know', () => {
  it.each([
    ['none where there are none', { id: 'a', lines: [{ sku: 'b' }], customer: { name: 'c' }, note: null }, []],
    ['one beside those that are known', { id: 'a', colour: 'red' }, ['/colour']],
    ['one of an optional object', { customer: { vip: true } }, ['/customer/vip']],
    ['one of a nullish object', { note: { text: 'a', at: 1 } }, ['/note/at']],
    ['one of an array, however many elements have it', { lines: [{ gift: 1 }, { gift: 2 }] }, ['/lines/-/gift']],
    ['none below what may be anything', { anything: { at: { all: 1 } } }, []],
    ['what only looks known', { constructor: 1, toString: 2 }, ['/constructor', '/toString']],
    ['none of a value of another kind', { lines: 'none', customer: 5 }, []],
    ['none of what is no object', 'text', []],
  ])('are %s', (_what, value, found) => {
    expect(unknownFields(schema, value)).toEqual(found);
  });

  it('are shown by name where the name is a word, and at most five', () => {
    expect(shownFields(['/a-b', '/lines/-/gift', '/anna@example.com', '/a b', '/e', '/f'])).toBe(
      '/a-b /lines/-/gift ? ? /e',
    );
  });
});
