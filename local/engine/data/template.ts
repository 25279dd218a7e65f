import { runtimeError } from '../errors/state-error';
import { isObject, type Json, setMember } from '../model/json';
import { JsonataExpression } from './jsonata/expression';
import { PathNotFound } from './jsonpath/read';
import { compileDynamicValue } from './jsonpath-value';
import { type Awaitable, isPromise, type Scope } from './scope';

/** A value of a definition with its expressions compiled. */
export type Template =
  | { readonly isConstant: true; readonly value: Json }
  | { readonly isConstant: false; evaluate(scope: Scope): Awaitable<Json> };

/** A template's value. */
export function evaluateTemplate(template: Template, scope: Scope): Awaitable<Json> {
  return template.isConstant ? template.value : template.evaluate(scope);
}

/**
 * Compiles a payload template (Parameters, ResultSelector, ItemSelector, Assign of JSONPath states): members whose name
 * ends with `.$` are evaluated. https://states-language.net/#payload-template
 */
export function compileJsonPathTemplate(definition: Json): Template {
  if (Array.isArray(definition)) return combineArray(definition.map((item) => compileJsonPathTemplate(item)));
  if (!isObject(definition)) return { isConstant: true, value: definition };
  const members = Object.keys(definition).map((key): [string, Template] => {
    const value = definition[key]!;
    if (!key.endsWith('.$') || typeof value !== 'string') return [key, compileJsonPathTemplate(value)];
    const dynamic = compileDynamicValue(value);
    return [key.slice(0, -2), { isConstant: false, evaluate: (scope) => lookUp(dynamic, value, key, scope) }];
  });
  return combineObject(members);
}

function lookUp(dynamic: (scope: Scope) => Json, text: string, key: string, scope: Scope): Json {
  try {
    return dynamic(scope);
  } catch (error) {
    if (!(error instanceof PathNotFound)) throw error;
    const where = text.startsWith('$$') ? JSON.stringify(scope.context()) : scope.inputText();
    throw runtimeError(
      `The JSONPath '${text}' specified for the field '${key}' could not be found in the input '${where}'`,
    );
  }
}

/** True for the text of a JSONata expression: `{% … %}`. */
export function isJsonataText(value: Json): value is string {
  return typeof value === 'string' && value.startsWith('{%') && value.endsWith('%}');
}

/** The expression between `{%` and `%}`, without the spaces around it. */
export function compileJsonata(text: string): JsonataExpression {
  return new JsonataExpression(text.slice(2, -2).trim());
}

/** Compiles a JSONata template (Arguments, Output, Assign …): each string `{% … %}` is evaluated. */
export function compileJsonataTemplate(definition: Json, field: string): Template {
  if (isJsonataText(definition)) {
    const expression = compileJsonata(definition);
    return { isConstant: false, evaluate: (scope) => expression.evaluate(scope, field) };
  }
  if (Array.isArray(definition)) {
    return combineArray(definition.map((item, index) => compileJsonataTemplate(item, `${field}[${index}]`)));
  }
  if (!isObject(definition)) return { isConstant: true, value: definition };
  return combineObject(
    Object.keys(definition).map((key) => [key, compileJsonataTemplate(definition[key]!, `${field}/${key}`)]),
  );
}

function combineArray(items: Template[]): Template {
  if (items.every((item) => item.isConstant)) return { isConstant: true, value: items.map((item) => item.value) };
  return { isConstant: false, evaluate: (scope) => inOrder(items, scope, (values) => values) };
}

function combineObject(members: Array<[string, Template]>): Template {
  const build = (values: Json[]) => {
    const object: Record<string, Json> = {};
    for (let i = 0; i < members.length; i++) setMember(object, members[i]![0], values[i]!);
    return object;
  };
  const templates = members.map(([, template]) => template);
  if (templates.every((template) => template.isConstant)) {
    return { isConstant: true, value: build(templates.map((template) => template.value)) };
  }
  return { isConstant: false, evaluate: (scope) => inOrder(templates, scope, build) };
}

/** Evaluates one after the other, without a promise as long as none is needed. */
function inOrder(templates: Template[], scope: Scope, build: (values: Json[]) => Json): Awaitable<Json> {
  const values: Json[] = [];
  for (let i = 0; i < templates.length; i++) {
    const value = evaluateTemplate(templates[i]!, scope);
    if (isPromise(value)) return finishInOrder(templates, scope, build, values, value);
    values.push(value);
  }
  return build(values);
}

async function finishInOrder(
  templates: Template[],
  scope: Scope,
  build: (values: Json[]) => Json,
  values: Json[],
  pending: Promise<Json>,
): Promise<Json> {
  values.push(await pending);
  while (values.length < templates.length) values.push(await evaluateTemplate(templates[values.length]!, scope));
  return build(values);
}
