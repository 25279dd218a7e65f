import { isFields, type Scope, type StateNode } from '../definition-tree';
import { type Diagnostic, errorOf, schemaError } from '../diagnostic';
import { parseJsonata, readsOfStates, refersToRoot, topLevelReferences } from '../jsonata-tree';
import { expressionOf, opensExpression } from '../query-language';

/** Fields in which JSONata is evaluated; Retry, Next, Type and the like are plain. */
const EVALUATED = [
  'Arguments',
  'Output',
  'Assign',
  'Items',
  'ItemSelector',
  'ItemReader',
  'ItemBatcher',
  'ResultWriter',
  'Credentials',
  'Seconds',
  'Timestamp',
  'TimeoutSeconds',
  'HeartbeatSeconds',
  'MaxConcurrency',
  'ToleratedFailureCount',
  'ToleratedFailurePercentage',
  'Error',
  'Cause',
] as const;

/** Every expression parses, and begins at `$states` or at a variable. */
export function jsonataExpressions(scope: Scope): Diagnostic[] {
  return scope.states.flatMap((state) => (state.language === 'JSONata' ? ofState(state) : []));
}

function ofState({ fields, location }: StateNode): Diagnostic[] {
  const found = EVALUATED.flatMap((field) => ofValue(fields[field], `${location}/${field}`, false));
  for (const list of ['Choices', 'Catch']) {
    const items = fields[list];
    if (!Array.isArray(items)) continue;
    items.forEach((item, index) => {
      if (!isFields(item)) return;
      for (const field of ['Condition', 'Output', 'Assign']) {
        found.push(...ofValue(item[field], `${location}/${list}[${index}]/${field}`, list === 'Catch'));
      }
    });
  }
  return found;
}

function ofValue(value: unknown, place: string, isCatch: boolean): Diagnostic[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => ofValue(item, `${place}[${index}]`, isCatch));
  if (isFields(value)) {
    return Object.entries(value).flatMap(([name, member]) => ofValue(member, `${place}/${name}`, isCatch));
  }
  const expression = expressionOf(value);
  if (expression !== undefined) return ofExpression(expression, place, isCatch);
  return opensExpression(value) ? [schemaError(place, 'JSONata string must start with {% and end with %}')] : [];
}

function ofExpression(expression: string, place: string, isCatch: boolean): Diagnostic[] {
  const parsed = parseJsonata(expression);
  if ('message' in parsed) return [errorOf('INVALID_JSONATA_EXPRESSION', parsed.message, place)];
  const refused = topLevelReferences(parsed.tree).map(
    (name) => `Reference to '${name}' at the top level is not supported.`,
  );
  if (refersToRoot(parsed.tree)) refused.push("Reference to '$$' is not supported.");
  if (!isCatch && readsOfStates(parsed.tree).includes('errorOutput')) {
    refused.push("Field '$states.errorOutput' does not exist.");
  }
  return refused.map((message) => errorOf('UNSUPPORTED_JSONATA_EXPRESSION', message, place));
}
