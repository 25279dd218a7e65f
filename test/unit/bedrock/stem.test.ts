import { stemOf } from '../../../local/services/bedrock/embedding/stem';

it.each<[string, string[]]>([
  ['refund', ['refund', 'refunds', 'refunded', 'refunding']],
  ['releas', ['release', 'releases', 'released', 'releasing']],
  ['stop', ['stop', 'stops', 'stopped', 'stopping']],
  ['retry', ['retry', 'retries']],
  ['process', ['process']],
  ['ring', ['ring']],
  ['bus', ['bus']],
  ['2026', ['2026']],
])('gives %s for %j', (stem, words) => {
  expect(words.map(stemOf)).toEqual(words.map(() => stem));
});
