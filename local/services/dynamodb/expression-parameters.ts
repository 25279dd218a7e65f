import { bindCondition } from './expressions/condition';
import type { Condition } from './expressions/condition-model';
import type { DocumentPath } from './expressions/document-path';
import {
  conditionSyntax,
  type ExpressionParameter,
  inExpression,
  projectionSyntax,
  updateSyntax,
} from './expressions/expression-cache';
import { Placeholders } from './expressions/placeholders';
import { bindProjection } from './expressions/projection';
import { bindUpdate, type UpdateClause } from './expressions/update';
import { validationError } from './faults';

/** The expression parameters of a request, as they stand in it. */
export interface ExpressionInput {
  ConditionExpression?: string;
  FilterExpression?: string;
  KeyConditionExpression?: string;
  ProjectionExpression?: string;
  UpdateExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, unknown>;
}

/** The expressions of a request, resolved. */
export interface BoundExpressions {
  readonly condition?: Condition;
  readonly filter?: Condition;
  readonly keyCondition?: Condition;
  readonly projection?: readonly DocumentPath[];
  readonly update?: readonly UpdateClause[];
}

const NONE: BoundExpressions = {};

/** Parses and resolves those expressions that the request has and the operation knows (`allowed`). */
export function bindExpressions(input: ExpressionInput, allowed: readonly ExpressionParameter[]): BoundExpressions {
  const given = allowed.filter((parameter) => input[parameter] !== undefined && input[parameter] !== null);
  if (given.length === 0) {
    refuseWithoutExpression(input);
    return NONE;
  }
  // Every text is parsed before any placeholder is looked up: a syntax error is reported first, wherever it stands.
  const syntax = given.map((parameter) => parse(parameter, input[parameter]!));
  if (given.every((parameter) => parameter === 'ProjectionExpression') && input.ExpressionAttributeValues) {
    throw validationError('ExpressionAttributeValues can only be specified when using expressions');
  }
  const placeholders = new Placeholders(input.ExpressionAttributeNames, input.ExpressionAttributeValues);
  const bound: BoundExpressions = Object.assign({}, ...syntax.map((bind) => bind(placeholders)));
  placeholders.refuseUnused();
  return bound;
}

type Bind = (placeholders: Placeholders) => BoundExpressions;

function parse(parameter: ExpressionParameter, text: string): Bind {
  if (parameter === 'UpdateExpression') {
    const syntax = updateSyntax(text);
    return (placeholders) => ({ update: inExpression(parameter, () => bindUpdate(syntax, placeholders)) });
  }
  if (parameter === 'ProjectionExpression') {
    const syntax = projectionSyntax(text);
    return (placeholders) => ({ projection: inExpression(parameter, () => bindProjection(syntax, placeholders)) });
  }
  const syntax = conditionSyntax(parameter, text);
  const name =
    parameter === 'ConditionExpression' ? 'condition' : parameter === 'FilterExpression' ? 'filter' : 'keyCondition';
  return (placeholders) => ({ [name]: inExpression(parameter, () => bindCondition(syntax, placeholders)) });
}

function refuseWithoutExpression(input: ExpressionInput): void {
  for (const parameter of ['ExpressionAttributeNames', 'ExpressionAttributeValues'] as const) {
    if (!input[parameter]) continue;
    throw validationError(`${parameter} can only be specified when using expressions`);
  }
}
