/**
 * Owns what Titan Text Embeddings V2 takes and answers.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html
 */
import { malformedInput, tooManyTokens } from '../faults';
import { embed } from './embed';
import { countTokens } from './tokens';

const DIMENSIONS: readonly unknown[] = [256, 512, 1024];
const TYPES: readonly unknown[] = ['float', 'binary'];
const MEMBERS = ['inputText', 'dimensions', 'normalize', 'embeddingTypes'];
const MOST_CHARACTERS = 50_000;
const MOST_TOKENS = 8192;

interface EmbeddingRequest {
  readonly inputText: string;
  readonly dimensions?: number;
  readonly normalize?: boolean;
  readonly embeddingTypes?: readonly string[];
}

/** What the model answers. */
export interface EmbeddingAnswer {
  readonly embedding: readonly number[];
  readonly embeddingsByType: Readonly<Record<string, readonly number[]>>;
  readonly inputTextTokenCount: number;
}

/** Throws ValidationException for a body that the model does not take. */
export function answerEmbedding(body: Uint8Array): EmbeddingAnswer {
  const { inputText, dimensions = 1024, normalize = true, embeddingTypes = ['float'] } = readRequest(body);
  const inputTextTokenCount = countTokens(inputText);
  if (inputTextTokenCount > MOST_TOKENS) throw tooManyTokens(MOST_TOKENS, inputTextTokenCount);
  const embedding = embed(inputText, dimensions, normalize);
  const forms: Record<string, () => readonly number[]> = {
    float: () => embedding,
    binary: () => embedding.map((value) => (value > 0 ? 1 : 0)),
  };
  const embeddingsByType = Object.fromEntries(embeddingTypes.map((type) => [type, forms[type]!()]));
  return { embedding, embeddingsByType, inputTextTokenCount };
}

function readRequest(body: Uint8Array): EmbeddingRequest {
  const given = parse(body);
  const violations = violationsOf(given);
  if (violations.length > 1) throw malformedInput(`${violations.length} schema violations found`);
  if (violations.length === 1) throw malformedInput(violations[0]);
  return given as unknown as EmbeddingRequest;
}

function parse(body: Uint8Array): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    throw malformedInput();
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw malformedInput();
  return value as Record<string, unknown>;
}

function violationsOf(given: Record<string, unknown>): string[] {
  const { inputText, dimensions, normalize, embeddingTypes } = given;
  const found = Object.keys(given)
    .filter((name) => !MEMBERS.includes(name))
    .map((name) => `#: extraneous key [${name}] is not permitted`);
  if (inputText === undefined) found.push('#: required key [inputText] not found');
  else if (typeof inputText !== 'string') found.push(`#/inputText: ${wrongType('String', inputText)}`);
  else if (inputText.length === 0) found.push('expected minLength: 1, actual: 0');
  else if (inputText.length > MOST_CHARACTERS) {
    found.push(`expected maxLength: ${MOST_CHARACTERS}, actual: ${inputText.length}`);
  }
  if (dimensions !== undefined && !DIMENSIONS.includes(dimensions)) {
    found.push(`#/dimensions: ${dimensions} is not a valid enum value`);
  }
  if (normalize !== undefined && typeof normalize !== 'boolean') {
    found.push(`#/normalize: ${wrongType('Boolean', normalize)}`);
  }
  if (embeddingTypes === undefined) return found;
  if (!Array.isArray(embeddingTypes)) return [...found, `#/embeddingTypes: ${wrongType('JSONArray', embeddingTypes)}`];
  if (embeddingTypes.length === 0) found.push('#/embeddingTypes: expected minimum item count: 1, found: 0');
  for (const [place, type] of embeddingTypes.entries()) {
    if (!TYPES.includes(type)) found.push(`#/embeddingTypes/${place}: ${type} is not a valid enum value`);
  }
  return found;
}

function wrongType(expected: string, value: unknown): string {
  const name = Array.isArray(value) ? 'JSONArray' : value === null ? 'Null' : NAMES[typeof value];
  return `expected type: ${expected}, found: ${name}`;
}

/** Types as Bedrock's schema checker calls them. */
const NAMES: Readonly<Record<string, string>> = {
  string: 'String',
  number: 'Integer',
  boolean: 'Boolean',
  object: 'JSONObject',
};
