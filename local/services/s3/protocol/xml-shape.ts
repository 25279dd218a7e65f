/**
 * Owns how members of requests and answers stand in XML, both ways: one description reads and writes. S3 writes most lists
 * without an element around them, and names some elements unlike the members.
 */
import { malformedXml } from '../faults';
import { escapeXml, type XmlElement } from './xml';

/**
 * - a structure: members by name, and attributes that its element is written with
 * - `flat`: a list, each item an element of that name beside the others
 * - `inside`: a list in an element of the member's name, each item of that name
 */
export type XmlShape =
  | 'text'
  | 'number'
  | 'boolean'
  | 'time'
  | { readonly flat: string; readonly item: XmlShape }
  | { readonly inside: string; readonly item: XmlShape }
  | { readonly as: string; readonly shape: XmlShape }
  | { readonly members: XmlMembers; readonly attributes?: string };

export interface XmlMembers {
  readonly [member: string]: XmlShape;
}

/** Reads the members of an element; elements that the shape does not have are MalformedXML. */
export function readMembers(element: XmlElement, members: XmlMembers): Record<string, any> {
  const result: Record<string, any> = {};
  const known = new Set<string>();
  for (const [member, shape] of Object.entries(members)) {
    const name = elementName(member, shape);
    known.add(name);
    const found = element.children.filter((child) => child.name === name);
    if (found.length === 0) continue;
    if (isFlat(shape)) result[member] = found.map((child) => readValue(child, shape.item));
    else if (found.length > 1) throw malformedXml();
    else result[member] = readValue(found[0]!, shape);
  }
  if (element.children.some(({ name }) => !known.has(name))) throw malformedXml();
  return result;
}

function readValue(element: XmlElement, shape: XmlShape): unknown {
  if (typeof shape === 'string') return readText(element.text, shape);
  if ('as' in shape) return readValue(element, shape.shape);
  if ('members' in shape) return readMembers(element, shape.members);
  if ('flat' in shape) throw malformedXml();
  return element.children.map((child) => {
    if (child.name !== shape.inside) throw malformedXml();
    return readValue(child, shape.item);
  });
}

function readText(text: string, kind: 'text' | 'number' | 'boolean' | 'time'): unknown {
  if (kind === 'text') return text;
  const trimmed = text.trim();
  if (kind === 'number') {
    if (!/^-?\d+$/.test(trimmed)) throw malformedXml();
    return Number(trimmed);
  }
  if (kind === 'boolean') {
    if (!/^(true|false)$/i.test(trimmed)) throw malformedXml();
    return trimmed.toLowerCase() === 'true';
  }
  if (Number.isNaN(Date.parse(trimmed))) throw malformedXml();
  return new Date(trimmed);
}

/** Writes members as elements, in the order of the shape; what is undefined is left out. */
export function writeMembers(value: Readonly<Record<string, any>>, members: XmlMembers): string {
  return Object.entries(members)
    .map(([member, shape]) => {
      const content = value[member];
      if (content === undefined || content === null) return '';
      if (isFlat(shape)) return (content as unknown[]).map((item) => element(shape.flat, item, shape.item)).join('');
      return element(elementName(member, shape), content, shape);
    })
    .join('');
}

function element(name: string, value: any, shape: XmlShape): string {
  const attributes = typeof shape === 'object' && 'members' in shape && shape.attributes ? ` ${shape.attributes}` : '';
  return `<${name}${attributes}>${writeValue(value, shape)}</${name}>`;
}

function writeValue(value: any, shape: XmlShape): string {
  if (typeof shape === 'string') return escapeXml(value instanceof Date ? value.toISOString() : String(value));
  if ('as' in shape) return writeValue(value, shape.shape);
  if ('members' in shape) return writeMembers(value, shape.members);
  if ('flat' in shape) return '';
  return (value as unknown[]).map((item) => element(shape.inside, item, shape.item)).join('');
}

function elementName(member: string, shape: XmlShape): string {
  if (typeof shape === 'string') return member;
  if ('flat' in shape) return shape.flat;
  return 'as' in shape ? shape.as : member;
}

function isFlat(shape: XmlShape): shape is { flat: string; item: XmlShape } {
  return typeof shape !== 'string' && 'flat' in shape;
}
