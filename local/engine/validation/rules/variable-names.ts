import { isFields, type Scope, type StateNode } from '../definition-tree';
import { type Diagnostic, errorOf } from '../diagnostic';

/** A Unicode identifier. https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html */
const NAME = /^\p{ID_Start}\p{ID_Continue}*$/u;

/** The names that Assign gives values to. */
export function variableNames(scope: Scope): Diagnostic[] {
  return scope.states.flatMap((state) => {
    const found = names(state, state.fields.Assign, state.location);
    for (const list of ['Choices', 'Catch']) {
      const items = state.fields[list];
      if (!Array.isArray(items)) continue;
      items.forEach((item, index) => {
        if (isFields(item)) found.push(...names(state, item.Assign, `${state.location}/${list}[${index}]`));
      });
    }
    return found;
  });
}

function names({ language }: StateNode, assigned: unknown, place: string): Diagnostic[] {
  if (!isFields(assigned)) return [];
  return Object.keys(assigned).flatMap((key) => {
    const name = language === 'JSONPath' ? key.replace(/\.\$$/, '') : key;
    const where = `${place}/Assign/${key}`;
    if (name === 'states') {
      return [errorOf('RESERVED_VARIABLE_NAME', "Cannot assign to reserved variable '$states'.", where)];
    }
    if (NAME.test(name)) return [];
    const message = `Invalid variable name '${name}': the variable name contains invalid characters.`;
    return [errorOf('INVALID_VARIABLE_NAME', message, where)];
  });
}
