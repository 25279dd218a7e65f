/** Owns what an update means: resolved against a request's placeholders, then applied to an item. */
import { typeOf } from '../attribute-value';
import { addNumbers, subtractNumbers } from '../decimal';
import { validationError } from '../faults';
import type { AttributeType, AttributeValue, Item } from '../model';
import { type DocumentPath, pathClash, valueAt } from './document-path';
import { editItem } from './item-edit';
import type { Placeholders } from './placeholders';
import type { OperandSyntax, UpdateClauseSyntax } from './syntax';

type SetTypeName = 'SS' | 'NS' | 'BS';

/** Something that has a value in an item before the update. */
type UpdateOperand =
  | { readonly kind: 'path'; readonly path: DocumentPath }
  | { readonly kind: 'value'; readonly value: AttributeValue }
  | {
      readonly kind: 'arithmetic';
      readonly operator: '+' | '-';
      readonly left: UpdateOperand;
      readonly right: UpdateOperand;
    }
  | { readonly kind: 'if_not_exists' | 'list_append'; readonly left: UpdateOperand; readonly right: UpdateOperand };

/** One clause with its path and value. */
export type UpdateClause =
  | { readonly kind: 'set'; readonly path: DocumentPath; readonly value: UpdateOperand }
  | { readonly kind: 'remove'; readonly path: DocumentPath }
  | { readonly kind: 'add' | 'delete'; readonly path: DocumentPath; readonly value: AttributeValue };

/** Resolves placeholders; refuses clauses that touch one another and values that no clause of the kind takes. */
export function bindUpdate(syntax: readonly UpdateClauseSyntax[], placeholders: Placeholders): UpdateClause[] {
  const clauses = syntax.map((clause): UpdateClause => {
    const path = placeholders.path(clause.path);
    if (clause.kind === 'remove') return { kind: 'remove', path };
    if (clause.kind === 'set') return { kind: 'set', path, value: bindOperand(clause.value, placeholders) };
    const value = placeholders.value(clause.value);
    checkMember(clause.kind, typeOf(value));
    return { kind: clause.kind, path, value };
  });
  for (const [i, clause] of clauses.entries()) {
    for (const earlier of clauses.slice(0, i)) {
      const clash = pathClash(earlier.path, clause.path);
      if (clash) throw validationError(clash);
    }
  }
  return clauses;
}

/** The item after the update; the one before is left as it is. Every value is read from the one before. */
export function applyUpdate(clauses: readonly UpdateClause[], before: Item): Item {
  const edits = clauses.map((clause) => {
    if (clause.kind === 'remove') return { path: clause.path, value: undefined };
    if (clause.kind === 'set') return { path: clause.path, value: evaluate(clause.value, before) };
    const current = valueAt(before, clause.path);
    const value = clause.kind === 'add' ? sum(current, clause.value) : difference(current, clause.value);
    return { path: clause.path, value };
  });
  return editItem(before, edits);
}

function bindOperand(syntax: OperandSyntax, placeholders: Placeholders): UpdateOperand {
  switch (syntax.kind) {
    case 'path':
      return { kind: 'path', path: placeholders.path(syntax) };
    case 'value':
      return { kind: 'value', value: placeholders.value(syntax) };
    case 'arithmetic': {
      const left = checkedOperand(syntax.operator, 'N', bindOperand(syntax.left, placeholders));
      const right = checkedOperand(syntax.operator, 'N', bindOperand(syntax.right, placeholders));
      return { kind: 'arithmetic', operator: syntax.operator, left, right };
    }
    case 'call': {
      const [left, right] = syntax.args.map((arg) => bindOperand(arg, placeholders)) as [UpdateOperand, UpdateOperand];
      if (syntax.name === 'if_not_exists') return { kind: 'if_not_exists', left, right };
      return {
        kind: 'list_append',
        left: checkedOperand('list_append', 'L', left),
        right: checkedOperand('list_append', 'L', right),
      };
    }
  }
}

function checkedOperand(operator: string, type: AttributeType, operand: UpdateOperand): UpdateOperand {
  if (operand.kind !== 'value' || typeOf(operand.value) === type) return operand;
  throw validationError(
    'Incorrect operand type for operator or function; ' +
      `operator or function: ${operator}, operand type: ${typeOf(operand.value)}`,
  );
}

const LONG_NAMES: Readonly<Partial<Record<AttributeType, string>>> = {
  S: 'STRING',
  N: 'NUMBER',
  B: 'BINARY',
  BOOL: 'BOOLEAN',
  NULL: 'NULL',
  L: 'LIST',
  M: 'MAP',
};

function checkMember(kind: 'add' | 'delete', type: AttributeType): void {
  const name = LONG_NAMES[type];
  if (!name || (kind === 'add' && type === 'N')) return;
  const operator = kind.toUpperCase();
  throw validationError(
    `Incorrect operand type for operator or function; operator: ${operator}, operand type: ${name}, ` +
      `typeSet: ALLOWED_FOR_${operator}_OPERAND`,
  );
}

function evaluate(operand: UpdateOperand, before: Item): AttributeValue {
  switch (operand.kind) {
    case 'value':
      return operand.value;
    case 'path': {
      const value = valueAt(before, operand.path);
      if (value) return value;
      throw validationError('The provided expression refers to an attribute that does not exist in the item');
    }
    case 'if_not_exists':
      return valueAt(before, (operand.left as { path: DocumentPath }).path) ?? evaluate(operand.right, before);
    case 'list_append': {
      const left = evaluate(operand.left, before).L;
      const right = evaluate(operand.right, before).L;
      if (!left || !right) throw wrongData();
      return { L: [...left, ...right] };
    }
    case 'arithmetic': {
      const left = evaluate(operand.left, before).N;
      const right = evaluate(operand.right, before).N;
      if (left === undefined || right === undefined) throw wrongData();
      return { N: operand.operator === '+' ? addNumbers(left, right) : subtractNumbers(left, right) };
    }
  }
}

function sum(current: AttributeValue | undefined, added: AttributeValue): AttributeValue {
  if (!current) return added;
  if (added.N !== undefined) {
    if (current.N === undefined) throw wrongData();
    return { N: addNumbers(current.N, added.N) };
  }
  const type = typeOf(added) as SetTypeName;
  const members = current[type];
  if (!members) throw wrongData();
  return { [type]: [...new Set([...members, ...added[type]!])] };
}

/** What is left of a set; undefined when nothing is, since a set is never empty. */
function difference(current: AttributeValue | undefined, removed: AttributeValue): AttributeValue | undefined {
  if (!current) return undefined;
  const type = typeOf(removed) as SetTypeName;
  const members = current[type];
  if (!members) throw wrongData();
  const gone = new Set(removed[type]);
  const left = members.filter((member) => !gone.has(member));
  return left.length === 0 ? undefined : { [type]: left };
}

function wrongData() {
  return validationError('An operand in the update expression has an incorrect data type');
}
