import * as z from 'zod/mini';
import { lineField, wholeField } from './fields';

const MOST_LENGTH = 2_000;
const MOST_CHOICES = 50;

const label = lineField(80, 'label');
const length = (name: string) => z.optional(wholeField(0, MOST_LENGTH, name));
const limit = (name: string) => z.optional(z.number(`${name} must be a number`));
const limits = { label, minimum: limit('minimum'), maximum: limit('maximum') };

/** How one member of the payload may be edited. */
const editableField = z.discriminatedUnion(
  'type',
  [
    z.strictObject({
      type: z.literal('text'),
      label,
      minLength: length('minLength'),
      maxLength: length('maxLength'),
    }),
    z.strictObject({ type: z.literal('integer'), ...limits }),
    z.strictObject({ type: z.literal('number'), ...limits }),
    z.strictObject({ type: z.literal('boolean'), label }),
    z.strictObject({
      type: z.literal('choice'),
      label,
      choices: z
        .array(lineField(200, 'a choice'), 'choices must be an array')
        .check(
          z.minLength(1, 'choices must not be empty'),
          z.maxLength(MOST_CHOICES, `choices must be at most ${MOST_CHOICES}`),
        ),
    }),
  ],
  'must be {type, label, …} with the type text, integer, number, boolean or choice',
);

/** The members of the payload that an approver may change, by name. */
export const editableFields = z
  .record(lineField(100, "an editable member's name"), editableField, 'editable must be an object')
  .check(z.refine((fields) => Object.keys(fields).length <= 20, 'editable must have at most 20 members'));
