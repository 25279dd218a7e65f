import type { Readme } from './readmes';

/** Something that somebody looks for, and the documents that answer it. */
export interface Question {
  readonly query: string;
  readonly paths: readonly string[];
}

/** Questions for up to `most` packages, spread over all: `NAME: first sentence of its description`. */
export function questionsOf(readmes: readonly Readme[], most: number): Question[] {
  const described = readmes.filter(({ packageName, description }) => packageName && description.length > 20);
  const names = [...new Set(described.map(({ packageName }) => packageName))];
  const every = Math.max(1, Math.floor(names.length / most));
  const asked = names.filter((_, index) => index % every === 0).slice(0, most);
  return asked.map((name) => {
    const { description } = described.find(({ packageName }) => packageName === name)!;
    const firstSentence = description.split(/(?<=[.!?])\s/)[0]!;
    const paths = readmes.filter(({ packageName }) => packageName === name).map(({ file }) => file);
    return { query: `${name}: ${firstSentence}`, paths };
  });
}
