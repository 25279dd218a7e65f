import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const FOLDER = path.resolve(__dirname, '../../../docs/runbooks');

/** The parts of a page that have commands. */
export const PARTS = ['How to look', 'What to do', 'How to know that it worked'] as const;
export type Part = (typeof PARTS)[number];

/** A page of docs/runbooks, and what it tells to type. */
export interface RunbookPage {
  readonly name: string;
  /** Commands of each part in their order: the lines of its sh blocks, and what stands in backquotes and begins as one. */
  readonly commands: Readonly<Record<Part, readonly string[]>>;
}

/** The names of all pages. */
export function runbookPages(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.md') && file !== 'README.md')
    .map((file) => file.replace(/\.md$/, ''));
}

/** Reads a page. */
export function readRunbook(name: string): RunbookPage {
  const sections = readFileSync(path.join(FOLDER, `${name}.md`), 'utf8').split(/^## /m);
  const commandsOf = (part: Part) => commandsIn(sections.find((section) => section.startsWith(`${part}\n`)) ?? '');
  const [look, act, know] = PARTS;
  return { name, commands: { [look]: commandsOf(look), [act]: commandsOf(act), [know]: commandsOf(know) } };
}

function commandsIn(section: string): string[] {
  const found: string[] = [];
  for (const [, block, span] of section.matchAll(/```sh\n([\s\S]*?)```|`((?:npm run|aws) [^`\n]+)`/g)) {
    if (span !== undefined) found.push(span);
    else
      found.push(
        ...block!
          .replace(/\\\n\s*/g, ' ')
          .split('\n')
          .filter(isCommand),
      );
  }
  return found;
}

function isCommand(line: string): boolean {
  return line.trim() !== '' && !line.startsWith('#');
}
