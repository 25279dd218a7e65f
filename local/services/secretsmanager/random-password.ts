/** Owns random passwords. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html */
import type { Random } from '../../kernel/random';
import { invalidParameter, invalidRequest } from './faults';

/** As the API and the `GenerateSecretString` of templates write it. */
export interface PasswordRules {
  readonly PasswordLength?: number;
  readonly ExcludeCharacters?: string;
  readonly ExcludeNumbers?: boolean;
  readonly ExcludePunctuation?: boolean;
  readonly ExcludeUppercase?: boolean;
  readonly ExcludeLowercase?: boolean;
  readonly IncludeSpace?: boolean;
  readonly RequireEachIncludedType?: boolean;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/** Throws InvalidParameterException, InvalidRequestException. */
export function randomPassword(random: Random, rules: PasswordRules): string {
  const {
    PasswordLength: length = 32,
    ExcludeCharacters: excluded = '',
    RequireEachIncludedType: needsEach = true,
  } = rules;
  if (!Number.isInteger(length) || length < 1 || length > 4096) {
    throw invalidParameter('Parameter PasswordLength must be between 1 and 4096.');
  }
  const kinds = [
    rules.ExcludeLowercase ? '' : LETTERS,
    rules.ExcludeUppercase ? '' : LETTERS.toUpperCase(),
    rules.ExcludeNumbers ? '' : '0123456789',
    rules.ExcludePunctuation ? '' : PUNCTUATION,
    rules.IncludeSpace ? ' ' : '',
  ]
    .map((kind) => [...kind].filter((character) => !excluded.includes(character)))
    .filter((kind) => kind.length > 0);
  const all = kinds.flat();
  if (all.length === 0) throw invalidParameter('There are no characters left to make a password of.');
  if (needsEach && kinds.length > length) {
    throw invalidRequest(`A password of ${length} characters cannot have one of each of ${kinds.length} types.`);
  }
  const characters = needsEach ? kinds.map((kind) => pick(random, kind)) : [];
  while (characters.length < length) characters.push(pick(random, all));
  return shuffled(random, characters).join('');
}

function pick(random: Random, characters: readonly string[]): string {
  return characters[below(random, characters.length)]!;
}

/** A number below `limit` from bytes fit for secrets: those that would favour some numbers are drawn again. */
function below(random: Random, limit: number): number {
  for (;;) {
    const number = random.bytes(2).readUInt16BE(0);
    if (number < 65_536 - (65_536 % limit)) return number % limit;
  }
}

function shuffled(random: Random, characters: string[]): string[] {
  for (let index = characters.length - 1; index > 0; index--) {
    const other = below(random, index + 1);
    [characters[index], characters[other]] = [characters[other]!, characters[index]!];
  }
  return characters;
}
