import { compileRules } from '../data/choice/compile';
import { pathField, referencePath } from '../data/path-field';
import type { Template } from '../data/template';
import { compileJsonata, compileJsonataTemplate, compileJsonPathTemplate, isJsonataText } from '../data/template';
import { compileCatch, compileRetry } from './compile-handlers';
import { compileMap } from './compile-map';
import { numberField, textField } from './fields';
import { isObject, type Json, type JsonObject } from './json';
import type { QueryLanguage, State, WaitState } from './machine';
import { parseResource } from './resource';
import type { StateSource } from './state-source';

/** Compiles one state. An unknown type becomes a Fail state that says so, rather than a crash. */
export function compileState(source: StateSource): State {
  const { name, key, definition } = source;
  const language = languageOf(definition, source.machineLanguage);
  const template = (field: string): Template | undefined => compileField(definition[field], language, field);
  const base = {
    name,
    key,
    language,
    next: typeof definition.Next === 'string' ? definition.Next : undefined,
    inputPath: language === 'JSONPath' ? pathField(definition.InputPath) : undefined,
    outputPath: language === 'JSONPath' ? pathField(definition.OutputPath) : undefined,
    output: language === 'JSONata' ? template('Output') : undefined,
    assign: template('Assign'),
  };
  const retrying = () => ({
    ...base,
    resultPath: language === 'JSONPath' ? referencePath(definition.ResultPath) : undefined,
    resultSelector: language === 'JSONPath' ? template('ResultSelector') : undefined,
    parameters: template(language === 'JSONPath' ? 'Parameters' : 'Arguments'),
    retry: compileRetry(definition.Retry),
    catch: compileCatch(definition.Catch, language),
  });
  switch (definition.Type) {
    case 'Pass':
      return {
        ...base,
        type: 'Pass',
        result: definition.Result,
        resultPath: language === 'JSONPath' ? referencePath(definition.ResultPath) : undefined,
        parameters: language === 'JSONPath' ? template('Parameters') : undefined,
      };
    case 'Task':
      return {
        ...retrying(),
        type: 'Task',
        resource: parseResource(String(definition.Resource)),
        timeout: numberField(definition, 'TimeoutSeconds'),
        heartbeat: numberField(definition, 'HeartbeatSeconds'),
        credentials: template('Credentials'),
      };
    case 'Choice':
      return {
        ...base,
        type: 'Choice',
        rules: compileRules(definition.Choices, language),
        default: typeof definition.Default === 'string' ? definition.Default : undefined,
      };
    case 'Wait':
      return { ...base, type: 'Wait', wait: compileWait(definition) };
    case 'Succeed':
      return { ...base, type: 'Succeed' };
    case 'Fail':
      return { ...base, type: 'Fail', error: textField(definition, 'Error'), cause: textField(definition, 'Cause') };
    case 'Parallel': {
      const branches = Array.isArray(definition.Branches) ? definition.Branches.filter(isObject) : [];
      const flows = branches.map((branch, index) => source.nested(branch, `Branches/${index}`, source.machineLanguage));
      return { ...retrying(), type: 'Parallel', branches: flows };
    }
    case 'Map':
      return compileMap(source, language, retrying());
    default: {
      const cause = `The state '${name}' has the unknown type '${String(definition.Type)}'`;
      const error = { kind: 'literal', value: 'States.Runtime' } as const;
      return { ...base, type: 'Fail', error, cause: { kind: 'literal', value: cause } };
    }
  }
}

function languageOf(definition: JsonObject, inherited: QueryLanguage): QueryLanguage {
  const own = definition.QueryLanguage;
  return own === 'JSONata' || own === 'JSONPath' ? own : inherited;
}

/** Compiles a template field in the state's language; undefined when the field is absent. */
export function compileField(value: Json | undefined, language: QueryLanguage, field: string): Template | undefined {
  if (value === undefined) return undefined;
  return language === 'JSONata' ? compileJsonataTemplate(value, field) : compileJsonPathTemplate(value);
}

function compileWait(definition: JsonObject): WaitState['wait'] {
  const seconds = numberField(definition, 'Seconds');
  if (seconds) return { kind: 'seconds', seconds };
  const path = pathField(definition.TimestampPath);
  if (path) return { kind: 'timestampPath', path };
  const timestamp = definition.Timestamp ?? '';
  if (isJsonataText(timestamp)) return { kind: 'timestampExpression', expression: compileJsonata(timestamp) };
  return { kind: 'timestamp', text: String(timestamp) };
}
