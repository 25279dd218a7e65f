import { compileState } from './compile-state';
import { isObject, type Json, type JsonObject } from './json';
import type { Flow, Machine, QueryLanguage, State } from './machine';

/**
 * Compiles a definition (JSON text) once for all executions of it: paths and expressions are parsed here.
 * Static validation is not done here; what cannot be read fails in the state that uses it.
 * Throws SyntaxError when the text is not a JSON object, or is nested deeper than our stack allows.
 */
export function compile(definition: string): Machine {
  const json = JSON.parse(definition) as Json;
  if (!isObject(json)) throw new SyntaxError('A state machine definition must be a JSON object');
  try {
    return compileDefinition(json);
  } catch (error) {
    if (error instanceof RangeError) throw new SyntaxError('The state machine definition is nested too deeply');
    throw error;
  }
}

function compileDefinition(definition: JsonObject): Machine {
  const flows = new Map<string, Flow>();
  const language: QueryLanguage = definition.QueryLanguage === 'JSONata' ? 'JSONata' : 'JSONPath';
  const root = compileFlow(definition, '', language, flows);
  const timeout = definition.TimeoutSeconds;
  return { definition, root, flows, timeoutSeconds: typeof timeout === 'number' ? timeout : undefined };
}

function compileFlow(json: JsonObject, key: string, language: QueryLanguage, flows: Map<string, Flow>): Flow {
  const states = new Map<string, State>();
  const flow: Flow = { key, startAt: String(json.StartAt), states };
  flows.set(key, flow);
  const definitions = isObject(json.States) ? json.States : {};
  for (const name of Object.keys(definitions)) {
    const definition = definitions[name];
    if (!isObject(definition)) continue;
    const stateKey = key === '' ? `States/${name}` : `${key}/States/${name}`;
    const nested = (part: JsonObject, partKey: string, own: QueryLanguage) =>
      compileFlow(part, `${stateKey}/${partKey}`, own, flows);
    states.set(name, compileState({ name, key: stateKey, definition, machineLanguage: language, nested }));
  }
  return flow;
}
