import { isFields, type Scope } from '../definition-tree';
import { type Diagnostic, schemaError } from '../diagnostic';
import { wrongLanguage } from './known-fields';
import { required } from './required-fields';

/** Each rule of a Choice has a target and, by language, a condition or a comparison. */
export function choiceRules(scope: Scope): Diagnostic[] {
  return scope.states.flatMap(({ fields, location, language }) => {
    const { Type: type, Choices: choices } = fields;
    if (type !== 'Choice' || !Array.isArray(choices)) return [];
    return choices.flatMap((rule, index) => {
      const place = `${location}/Choices[${index}]`;
      if (!isFields(rule)) return [schemaError(place, 'Expected value of type Object')];
      const found: Diagnostic[] = [];
      const needed = language === 'JSONata' ? ['Condition', 'Next'] : ['Next'];
      const missing = needed.filter((field) => rule[field] === undefined);
      if (missing.length > 0) found.push(required(place, missing));
      if (language === 'JSONata' && rule.Variable !== undefined) found.push(wrongLanguage(place, 'Variable', language));
      if (language === 'JSONPath' && rule.Condition !== undefined) {
        found.push(wrongLanguage(place, 'Condition', language));
      }
      return language === 'JSONPath' ? [...found, ...comparison(rule, place)] : found;
    });
  });
}

function comparison(rule: Readonly<Record<string, unknown>>, place: string): Diagnostic[] {
  for (const combination of ['And', 'Or'] as const) {
    const parts = rule[combination];
    if (parts === undefined) continue;
    if (!Array.isArray(parts)) return [schemaError(`${place}/${combination}`, 'Expected value of type Array')];
    if (parts.length === 0) return [schemaError(`${place}/${combination}`, 'Value cannot be empty')];
    return parts.flatMap((part, index) =>
      isFields(part) ? comparison(part, `${place}/${combination}[${index}]`) : [],
    );
  }
  if (rule.Not !== undefined) return isFields(rule.Not) ? comparison(rule.Not, `${place}/Not`) : [];
  if (rule.Condition !== undefined) return [];
  const { Variable: variable } = rule;
  if (variable === undefined) return [required(place, ['Variable'])];
  if (typeof variable === 'string' && variable.startsWith('$')) return [];
  return [schemaError(`${place}/Variable`, 'Value must be a valid JSONPath.')];
}
