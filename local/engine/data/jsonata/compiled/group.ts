import { setMember } from '../../../model/json';
import type { Frame } from './frame';
import { type AstNode, type CompileNode, NeedsInterpreter } from './node';
import { append } from './values';

/** Makes an object of a value's items. */
export type Group = (value: unknown, frame: Frame) => unknown;

/** Compiles `{key: value, …}`: items with the same key share a value, which is evaluated for all of them together. */
export function compileGroup(node: AstNode, compile: CompileNode): Group {
  const pairs = (node.lhs as Array<[AstNode, AstNode]>).map(([key, value]) => ({
    key: compile(key),
    value: compile(value),
  }));
  return (value, frame) => {
    const items = Array.isArray(value) ? (value.length === 0 ? [undefined] : value) : [value];
    const groups = new Map<string, { pair: number; data: unknown }>();
    for (const item of items) {
      pairs.forEach((pair, index) => {
        const key = pair.key(item, frame);
        if (key === undefined) return;
        if (typeof key !== 'string') throw new NeedsInterpreter();
        const group = groups.get(key);
        if (!group) groups.set(key, { pair: index, data: item });
        else if (group.pair !== index) throw new NeedsInterpreter();
        else group.data = append(group.data, item);
      });
    }
    const object: Record<string, unknown> = {};
    for (const [key, { pair, data }] of groups) {
      const result = pairs[pair]!.value(data, frame);
      if (result !== undefined) setMember(object, key, result);
    }
    return object;
  };
}
