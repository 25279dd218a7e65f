/** Pages that no case tries, and why. */
export const NOT_TRIED: Readonly<Record<string, string>> = {
  'quotes-slow': 'it only looks, and a quote is slow only as long as a test would wait for it',
  'documents-stuck': 'each state of ingestion has a timeout that comes first, and the embedded AWS loses no execution',
  'month-over-budget': 'what ends it is a decision, and spending a month takes one',
};
