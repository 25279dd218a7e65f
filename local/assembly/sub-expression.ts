/** A piece of the text of `Fn::Sub`: literal, or the name in `${…}`. */
export type SubPart = { readonly text: string } | { readonly name: string };

/** Splits the text of `Fn::Sub`; `${!Literal}` stands for `${Literal}`. */
export function parseSub(text: string): SubPart[] {
  const parts: SubPart[] = [];
  let end = 0;
  for (const match of text.matchAll(/\$\{(!?)([^}]*)\}/g)) {
    parts.push({ text: text.slice(end, match.index) });
    parts.push(match[1] ? { text: `\${${match[2]}}` } : { name: match[2]!.trim() });
    end = match.index + match[0].length;
  }
  parts.push({ text: text.slice(end) });
  return parts;
}

/** The names that `Fn::Sub` asks the template for, in either of its forms; its own variables left out. */
export function subReferences(argument: unknown): string[] {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  return parseSub(String(text)).flatMap((part) =>
    'name' in part && !Object.hasOwn(variables ?? {}, part.name) ? [part.name] : [],
  );
}
