import { embed } from '../../../local/services/bedrock/embedding/embed';
import { passages } from './passages';

const similarity = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const alike = (one: string, other: string) => similarity(embed(one, 1024, true), embed(other, 1024, true));

describe('retrieval', () => {
  const texts = passages(201);

  it.each<[number, number]>([
    [256, 0.9],
    [512, 0.97],
    [1024, 0.98],
  ])(
    'finds a passage by its first sentence among 200 others with %i dimensions in %f of all cases',
    (dimensions, least) => {
      const vectors = texts.map((text) => embed(text, dimensions, true));
      const found = texts.filter((text, own) => {
        const query = embed(`${text.split('.')[0]}.`, dimensions, true);
        const scores = vectors.map((vector) => similarity(vector, query));
        return scores.indexOf(Math.max(...scores)) === own;
      });
      expect(found.length / texts.length).toBeGreaterThanOrEqual(least);
    },
  );
});

it('puts a question nearer to the text that has its words than to one that has its small words', () => {
  const question = 'How do I retry a failed payment?';
  const answer = 'Payments that failed are retried three times, with growing pauses.';
  const other = 'How do I find out when a train leaves, and do I have to book it?';
  expect(alike(question, answer)).toBeGreaterThan(alike(question, other) + 0.05);
});

it('puts forms of a word near to each other, and takes no notice of case and accents', () => {
  expect(alike('refunding customers', 'refunded customer')).toBeGreaterThan(0.4);
  expect(alike('refunding customers', 'electric bicycles')).toBeLessThan(0.15);
  expect(alike('idempotency', 'idempotent')).toBeGreaterThan(0.1);
  expect(alike('Café Élan', 'CAFE elan')).toBeCloseTo(1, 5);
});

it.each(['...', '\u0000', '料金', 'a', ' '])('gives a direction to %j', (text) => {
  expect(Math.hypot(...embed(text, 256, true))).toBeCloseTo(1, 5);
});

it('gives the same vector on every run and machine', () => {
  const strongest = Array.from(embed('compensate', 256, false), (value, place) => ({ value, place }))
    .filter(({ value }) => Math.abs(value) > 1)
    .map(({ place }) => place);
  expect(strongest).toEqual([108, 109, 145, 158]);
});
