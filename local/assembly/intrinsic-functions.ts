import { AssemblyError } from './assembly-error';
import { cidrBlocks } from './cidr-blocks';
import { CONDITION_FUNCTIONS } from './condition-functions';
import type { IntrinsicFunction } from './intrinsic-function';
import { NO_VALUE, pseudoParameter } from './scope';
import { parseSub } from './sub-expression';

const ref: IntrinsicFunction = (argument, scope) => {
  const name = String(argument);
  return pseudoParameter(name, scope) ?? scope.parameters[name] ?? scope.ref(name);
};

const getAtt: IntrinsicFunction = (argument, scope, resolve) => {
  const [logicalId, ...attribute] = typeof argument === 'string' ? argument.split('.') : resolve(argument);
  return scope.getAtt(logicalId, attribute.join('.'));
};

const sub: IntrinsicFunction = (argument, scope, resolve) => {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  if (typeof text !== 'string') throw misuse('Fn::Sub', argument, 'a string, or a string and a map of variables');
  return parseSub(text)
    .map((part) => {
      if ('text' in part) return part.text;
      if (Object.hasOwn(variables ?? {}, part.name)) return asText(resolve(variables[part.name]), 'Fn::Sub', argument);
      const value =
        part.name.includes('.') && !part.name.includes('::')
          ? getAtt(part.name, scope, resolve)
          : ref(part.name, scope, resolve);
      return asText(value, 'Fn::Sub', argument);
    })
    .join('');
};

const join: IntrinsicFunction = (argument, _scope, resolve) => {
  const [delimiter, items] = Array.isArray(argument) ? [argument[0], resolve(argument[1])] : [];
  if (typeof delimiter !== 'string' || !Array.isArray(items))
    throw misuse('Fn::Join', argument, 'a delimiter and a list');
  return items.map((item) => asText(item, 'Fn::Join', argument)).join(delimiter);
};

const select: IntrinsicFunction = (argument, _scope, resolve) => {
  const [index, items] = resolve(argument) as [unknown, unknown];
  if (!Array.isArray(items)) throw misuse('Fn::Select', argument, 'an index and a list');
  const item = items[Number(index)];
  if (item === undefined) {
    throw new AssemblyError(`Template error: Fn::Select cannot select nonexistent value at index ${index}`);
  }
  return item;
};

const split: IntrinsicFunction = (argument, _scope, resolve) => {
  const [delimiter, text] = resolve(argument) as [unknown, unknown];
  if (typeof delimiter !== 'string' || delimiter === '' || typeof text !== 'string') {
    throw misuse('Fn::Split', argument, 'a delimiter and a string');
  }
  return text.split(delimiter);
};

const findInMap: IntrinsicFunction = (argument, scope, resolve) => {
  const [map, top, second, options] = resolve(argument) as [string, string, string, { DefaultValue?: unknown }?];
  const value = scope.mappings[map]?.[top]?.[second] ?? options?.DefaultValue;
  if (value === undefined) {
    throw new AssemblyError(`Template error: Unable to get mapping for ${map}::${top}::${second}`);
  }
  return value;
};

const length: IntrinsicFunction = (argument, _scope, resolve) => {
  const items = resolve(argument);
  if (!Array.isArray(items)) throw misuse('Fn::Length', argument, 'a list');
  return items.length;
};

const cidr: IntrinsicFunction = (argument, _scope, resolve) => {
  const [block, count, bits] = resolve(argument) as [string, unknown, unknown];
  return cidrBlocks(block, Number(count), Number(bits ?? 8));
};

const base64: IntrinsicFunction = (argument, _scope, resolve) =>
  Buffer.from(asText(resolve(argument), 'Fn::Base64', argument)).toString('base64');

const importValue: IntrinsicFunction = (argument, scope, resolve) => scope.importValue(resolve(argument));

const toJsonString: IntrinsicFunction = (argument, _scope, resolve) => JSON.stringify(resolve(argument));

/** Three zones, as the smallest of AWS's regions have. */
const getAzs: IntrinsicFunction = (argument, scope, resolve) => {
  const region = resolve(argument) || scope.region;
  return ['a', 'b', 'c'].map((zone) => `${region}${zone}`);
};

/** The functions that a template may use, by the name of their member. */
export const FUNCTIONS: Readonly<Record<string, IntrinsicFunction>> = {
  Ref: ref,
  'Fn::GetAtt': getAtt,
  'Fn::Sub': sub,
  'Fn::Join': join,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::FindInMap': findInMap,
  'Fn::Length': length,
  'Fn::Cidr': cidr,
  'Fn::Base64': base64,
  'Fn::ImportValue': importValue,
  'Fn::ToJsonString': toJsonString,
  'Fn::GetAZs': getAzs,
  ...CONDITION_FUNCTIONS,
};

function asText(value: unknown, name: string, argument: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === NO_VALUE) throw misuse(name, argument, 'values, not AWS::NoValue');
  throw misuse(name, argument, 'values that are strings');
}

function misuse(name: string, argument: unknown, wanted: string): AssemblyError {
  return new AssemblyError(`Template error: ${name} takes ${wanted}; it was given ${JSON.stringify(argument)}`);
}
