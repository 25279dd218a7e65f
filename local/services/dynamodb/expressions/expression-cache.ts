import { AwsError } from '../../../wire/aws-error';
import { serializationError, validationError } from '../faults';
import { parseCondition } from './condition-parser';
import { parseProjection } from './projection-parser';
import type { ConditionSyntax, PathSyntax, UpdateClauseSyntax } from './syntax';
import { parseUpdate } from './update-parser';

const EXPRESSION_LIMIT_BYTES = 4096;
/** Texts kept parsed, of each kind. An application has some dozens; one that builds texts must not grow without end. */
const CACHE_LIMIT = 1000;

/** The parameters that hold expressions. */
export type ExpressionParameter =
  | 'ConditionExpression'
  | 'FilterExpression'
  | 'KeyConditionExpression'
  | 'ProjectionExpression'
  | 'UpdateExpression';

const conditions = new Map<string, ConditionSyntax>();
const updates = new Map<string, readonly UpdateClauseSyntax[]>();
const projections = new Map<string, readonly PathSyntax[]>();

/** Parses a condition, or takes it from the cache. `parameter` is named in errors. */
export function conditionSyntax(parameter: ExpressionParameter, text: string): ConditionSyntax {
  return cached(conditions, parameter, text, parseCondition);
}

/** As {@link conditionSyntax}, for an UpdateExpression. */
export function updateSyntax(text: string): readonly UpdateClauseSyntax[] {
  return cached(updates, 'UpdateExpression', text, parseUpdate);
}

/** As {@link conditionSyntax}, for a ProjectionExpression. */
export function projectionSyntax(text: string): readonly PathSyntax[] {
  return cached(projections, 'ProjectionExpression', text, parseProjection);
}

/** Puts the name of the parameter before the message of whatever refuses its expression. */
export function inExpression<T>(parameter: ExpressionParameter, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw validationError(`Invalid ${parameter}: ${error.message}`);
  }
}

function cached<T>(cache: Map<string, T>, parameter: ExpressionParameter, text: string, parse: (text: string) => T): T {
  if (typeof text !== 'string') throw serializationError('Start of structure or map found where not expected');
  const known = cache.get(text);
  if (known) return known;
  return inExpression(parameter, () => {
    if (text === '') throw validationError('The expression can not be empty;');
    if (Buffer.byteLength(text) > EXPRESSION_LIMIT_BYTES) {
      throw validationError('Expression size has exceeded the maximum allowed size;');
    }
    const syntax = parse(text);
    if (cache.size >= CACHE_LIMIT) cache.clear();
    cache.set(text, syntax);
    return syntax;
  });
}
