import type { Metadata } from '../../../local/services/s3vectors/model';
import { metadataBytes } from '../../../local/services/s3vectors/vectors/metadata-size';

it.each<[string, Metadata, number]>([
  ['nothing', {}, 4],
  ['a text', { f: 'abc' }, 4 + 8 + 1 + 3],
  ['a text of two bytes a character', { é: 'éé' }, 4 + 8 + 2 + 4],
  ['a number, whatever its digits', { n: 0.1234567890123456 }, 4 + 8 + 1 + 4],
  ['a boolean', { b: true }, 4 + 8 + 1],
  ['a list of texts', { s: ['ab', 'c'] }, 4 + 8 + 1 + (4 + 2) + (4 + 1)],
  ['a list of numbers', { s: [1, 2] }, 4 + 8 + 1 + 2 * (4 + 4)],
])('counts %s', (_, metadata, bytes) => {
  expect(metadataBytes(metadata)).toBe(bytes);
});
