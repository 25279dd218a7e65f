/** Asks that put the page to the test: everything that may stand on it, and texts that are longer than they should be. */

const WIDE = 'Unbrechbareszusammengesetzteswortohneleerzeichen'.repeat(3);

/** One with a field of every kind that may be changed. */
export const EDITABLE_ASK = {
  title: 'Travel to Århus',
  description: 'The customer wants to see us.\nWe would take the night train, and be back on Friday.',
  approvers: ['edit@example.com'],
  payload: {
    amountCents: 48_000,
    purpose: 'Workshop with the customer',
    notes: 'First line\nSecond line',
    share: 0.5,
    isRefundable: true,
    category: 'travel',
    traveller: 'Anna Berg',
  },
  editable: {
    amountCents: { type: 'integer', label: 'Amount in cents', minimum: 1, maximum: 48_000 },
    purpose: { type: 'text', label: 'Purpose', minLength: 3, maxLength: 60 },
    notes: { type: 'text', label: 'Notes', maxLength: 500 },
    share: { type: 'number', label: 'Share', minimum: 0, maximum: 1 },
    isRefundable: { type: 'boolean', label: 'Refundable' },
    category: { type: 'choice', label: 'Category', choices: ['travel', 'training', 'equipment'] },
  },
};

/** One whose every text is as wide and as deep as the contract takes. */
export const WIDE_ASK = {
  title: `Delete ${WIDE}`.slice(0, 120),
  description: `${WIDE}\n\n${'A long sentence that goes on and on. '.repeat(20)}`,
  requester: { name: WIDE, email: `${'r'.repeat(60)}@${'wide-'.repeat(10)}domain.example.com` },
  approvers: [`${'a'.repeat(60)}@${'wide-'.repeat(10)}domain.example.com`],
  payload: {
    [WIDE]: WIDE,
    nested: {
      deeper: {
        still: [
          { name: WIDE, amount: 1 },
          { name: 'شكرا جزيلا', amount: 2 },
        ],
      },
    },
    empty: '',
    nothing: null,
    none: [],
  },
};

/** One that two of three decide. */
export const QUORUM_ASK = {
  title: 'Open the vault',
  approvers: ['one@example.com', 'two@example.com', 'three@example.com'],
  rule: { kind: 'kOf', needed: 2 },
};

/** One that is decided by one after the other. */
export const SEQUENCE_ASK = {
  title: 'Publish the report',
  approvers: ['first@example.com', 'second@example.com'],
  rule: { kind: 'inSequence' },
};
