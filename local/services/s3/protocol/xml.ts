/** Reads and writes the little of XML that S3 has: elements and text, no attributes that mean anything. */
import { malformedXml } from '../faults';

/** An element: its text, or its children in order. */
export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

const TOKEN =
  /<\?[^>]*\?>|<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([A-Za-z_][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/y;

interface Open {
  name: string;
  text: string;
  children: XmlElement[];
}

/** The root element. Throws MalformedXML. */
export function readXml(text: string): XmlElement {
  const root: Open = { name: '', text: '', children: [] };
  const stack = [root];
  TOKEN.lastIndex = text.startsWith('\ufeff') ? 1 : 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (!match) throw malformedXml();
    const [, cdata, slash, name, , isEmpty, characters] = match;
    const top = stack[stack.length - 1]!;
    if (characters !== undefined) top.text += unescapeXml(characters);
    else if (cdata !== undefined) top.text += cdata;
    else if (name !== undefined) {
      const local = name.slice(name.indexOf(':') + 1);
      if (slash) {
        if (stack.length < 2 || stack.pop()!.name !== local) throw malformedXml();
      } else {
        const element: Open = { name: local, text: '', children: [] };
        top.children.push(element);
        if (!isEmpty) stack.push(element);
      }
    }
  }
  if (stack.length !== 1 || root.children.length !== 1) throw malformedXml();
  return root.children[0]!;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  return text.replace(/&(#x[0-9a-fA-F]+|#\d+|\w+);/g, (_whole, entity: string) => {
    const known = ENTITIES[entity];
    if (known !== undefined) return known;
    const code = entity.startsWith('#x') ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
    if (!Number.isInteger(code) || code > 0x10ffff) throw malformedXml();
    return String.fromCodePoint(code);
  });
}

/** Text for between tags; control characters that XML 1.0 has no way to write become references, as S3 sends them. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"\r\p{Cc}]/gu, (character) => {
    if (character === '\n' || character === '\t') return character;
    if (character === '&') return '&amp;';
    if (character === '<') return '&lt;';
    if (character === '>') return '&gt;';
    if (character === '"') return '&quot;';
    return `&#x${character.codePointAt(0)!.toString(16)};`;
  });
}
