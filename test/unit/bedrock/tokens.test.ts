import { countTokens } from '../../../local/services/bedrock/embedding/tokens';

const PROSE = `When a carrier refuses a parcel, the order is compensated: the payment goes back to the customer and the stock
  is released. Somebody who is responsible hears about it, because an undo that fails for good must never be lost. The
  message in the queue names the execution, so that everything which happened can be read where it happened.`;

it('counts about as many characters a token as AWS says for English', () => {
  const text = PROSE.replace(/\s+/g, ' ');
  const charactersPerToken = text.length / countTokens(text);
  expect(charactersPerToken).toBeGreaterThan(4);
  expect(charactersPerToken).toBeLessThan(5.4);
});

it.each<[string, number]>([
  ['', 0],
  ['   \n', 0],
  ['word', 1],
  ["don't stop", 2],
  ['extraordinarily', 3],
  ['2026', 2],
  ['a, b.', 4],
  ['料金表', 3],
])('counts the tokens of %j as %i', (text, tokens) => {
  expect(countTokens(text)).toBe(tokens);
});
