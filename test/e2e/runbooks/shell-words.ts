/**
 * The words of a command as a shell splits it: blanks, '…' and "…". Throws for whatever else a shell would do with it (variables,
 * pipes, substitutions): commands of runbooks are typed as they stand.
 */
export function shellWords(command: string): string[] {
  const words: string[] = [];
  const pattern = /\s*((?:'[^']*'|"(?:[^"\\$`]|\\.)*"|[^\s'"\\$`|&;<>(){}*?])+)/y;
  while (pattern.lastIndex < command.trimEnd().length) {
    const at = pattern.lastIndex;
    const [, word] = pattern.exec(command) ?? [];
    if (word === undefined) throw new Error(`This is more than words for a shell: ${command.slice(at)}`);
    words.push(
      word.replace(/'([^']*)'|"((?:[^"\\]|\\.)*)"/g, (_, plain, quoted) => plain ?? quoted.replace(/\\(.)/g, '$1')),
    );
  }
  return words;
}
