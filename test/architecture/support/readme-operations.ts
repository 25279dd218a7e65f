/** Rows of a table of operations that tell something else, in words that may look like operations. */
const OTHER_ROWS = /^\| *(CloudFormation|metrics) *\|/;

/**
 * The operations that a README lists: the block that begins with `Operations:` or with a table whose head is `operations` or `service`, the
 * row `operations` of a table without a head, or the first block under `## Operations`. What stands in code spans or in parentheses is left
 * out. A word is an operation when one of `all` is it, or begins with the same verb.
 */
export function operationsIn(readme: string, all: readonly string[]): string[] {
  const rows = listOf(readme).filter((row) => !OTHER_ROWS.test(row));
  const words = rows
    .join('\n')
    .replace(/`[^`]*`/g, '')
    .replace(/\([^)]*\)/g, '');
  const names = new Set(all);
  const verbs = new Set(all.map(verbOf));
  return [...new Set(words.match(/\b[A-Z][A-Za-z0-9]+\b/g))].filter(
    (word) => names.has(word) || (verbs.has(verbOf(word)) && verbOf(word) !== word),
  );
}

function listOf(readme: string): string[] {
  const blocks = readme.split(/\n{2,}/);
  const heading = blocks.indexOf('## Operations');
  const block =
    heading >= 0
      ? blocks[heading + 1]
      : blocks.find((candidate) => /^(Operations:|\| *(operations|service) )/.test(candidate));
  const rows = block?.split('\n') ?? readme.split('\n').filter((row) => /^\| *operations *\|/.test(row));
  if (rows.length === 0) throw new Error('the README has no list of operations');
  return rows;
}

function verbOf(word: string): string {
  return /^[A-Z][a-z]*/.exec(word)![0];
}
