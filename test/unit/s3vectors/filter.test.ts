import { parseFilter } from '../../../local/services/s3vectors/filter/parse-filter';

const FILM = { title: 'Alien', year: 1979, seen: true, genre: ['scifi', 'horror'], parts: [1, 2] };

it.each<[object, boolean]>([
  [{ title: 'Alien' }, true],
  [{ title: { $eq: 'alien' } }, false],
  [{ title: { $ne: 'Heat' } }, true],
  [{ year: { $gt: 1979 } }, false],
  [{ year: { $gte: 1979 } }, true],
  [{ year: { $lt: 1979.5, $gt: 1978.5 } }, true],
  [{ year: { $lte: 1978 } }, false],
  [{ title: { $gt: 0 } }, false],
  [{ seen: true }, true],
  [{ seen: 'true' }, false],
  [{ genre: 'horror' }, true],
  [{ genre: { $ne: 'horror' } }, false],
  [{ genre: { $in: ['drama', 'scifi'] } }, true],
  [{ genre: { $nin: ['drama', 'scifi'] } }, false],
  [{ parts: { $in: [3] } }, false],
  [{ year: { $in: ['1979', 1979] } }, true],
  [{ none: { $exists: false } }, true],
  [{ title: { $exists: false } }, false],
  [{ none: 1 }, false],
  [{ toString: { $exists: true } }, false],
  [{ $and: [{ seen: true }, { $or: [{ year: 1 }, { genre: 'scifi' }] }] }, true],
  [{ $and: [{ seen: true }, { year: 1 }] }, false],
  [{ $or: [{ seen: false }, { year: 1 }] }, false],
])('answers %j by %s', (filter, isAdmitted) => {
  expect(parseFilter(filter, [])(FILM)).toBe(isAdmitted);
});
