/**
 * Cuts Markdown into parts that mean the same alone, so that the parser's memory and its worst cases are those of a part and not of
 * the document. A part ends before a heading that follows a blank line and stands in no code fence or comment; what a part refers to
 * by `[label]` is defined again at its end.
 */

/** A part is no smaller, unless it is the last. */
const SMALLEST_PART = 12_000;
const HEADING = /^#{1,6}[ \t]/;
const FENCE = /^[ \t>]*(`{3,}|~{3,})(.*)$/;
/** No nested quantifiers: a line is read once. */
const DEFINITION = /^ {0,3}\[([^\]\n]{1,200})\]:[ \t]*\S/;
/** Beyond, references stay as they are written. */
const MOST_DEFINITIONS = 500;

/** The parts in order. */
export function* segmentsOf(markdown: string): Generator<string> {
  const lines = markdown.split('\n');
  const definitions = definitionsIn(lines);
  const tracker = new CodeTracker();
  let part: string[] = [];
  let length = 0;
  let isAfterBlank = false;
  for (const line of lines) {
    if (length >= SMALLEST_PART && isAfterBlank && !tracker.isInside && HEADING.test(line)) {
      yield withDefinitions(part.join('\n'), definitions);
      part = [];
      length = 0;
    }
    tracker.add(line);
    part.push(line);
    length += line.length + 1;
    isAfterBlank = line.trim() === '';
  }
  yield withDefinitions(part.join('\n'), definitions);
}

/** Whether a line stands in a code fence or a comment. */
class CodeTracker {
  private fence: string | undefined;
  private isComment = false;

  get isInside(): boolean {
    return this.fence !== undefined || this.isComment;
  }

  add(line: string): void {
    const marks = FENCE.exec(line);
    if (this.fence !== undefined) {
      const isEnd = marks && marks[2]!.trim() === '' && marks[1]!.startsWith(this.fence);
      if (isEnd) this.fence = undefined;
    } else if (marks && !(marks[1]![0] === '`' && marks[2]!.includes('`'))) {
      this.fence = marks[1];
    } else if (line.includes('<!--')) {
      this.isComment = !line.slice(line.lastIndexOf('<!--')).includes('-->');
    } else if (line.includes('-->')) {
      this.isComment = false;
    }
  }
}

/** Labels in lower case, each with its line; a few hundred at most. */
function definitionsIn(lines: readonly string[]): ReadonlyMap<string, string> {
  const definitions = new Map<string, string>();
  for (const line of lines) {
    const label = DEFINITION.exec(line)?.[1];
    if (label === undefined || label.startsWith('^') || definitions.has(label.toLowerCase())) continue;
    if (definitions.size === MOST_DEFINITIONS) break;
    definitions.set(label.toLowerCase(), `[${label}]: #`);
  }
  return definitions;
}

function withDefinitions(part: string, definitions: ReadonlyMap<string, string>): string {
  if (definitions.size === 0) return part;
  const lower = part.toLowerCase();
  const used = [...definitions].filter(([label]) => lower.includes(`[${label}]`));
  return used.length === 0 ? part : `${part}\n\n${used.map(([, line]) => line).join('\n')}\n`;
}
