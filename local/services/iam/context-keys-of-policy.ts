import type { PolicyJson } from './model';

const VARIABLE = /\$\{([a-zA-Z][\w-]*:[\w./-]+)[^}]*\}/g;

/** The condition keys that policies ask for, in their conditions and as variables; each once, whatever its case. */
export function contextKeysOf(documents: readonly PolicyJson[]): string[] {
  const keys = new Map<string, string>();
  const add = (key: string) => {
    if (!keys.has(key.toLowerCase())) keys.set(key.toLowerCase(), key);
  };
  for (const document of documents) {
    const statements = [document.Statement].flat() as { Condition?: Record<string, Record<string, unknown>> }[];
    for (const { Condition = {} } of statements) {
      for (const byKey of Object.values(Condition)) Object.keys(byKey).forEach(add);
    }
    for (const [, key] of JSON.stringify(statements).matchAll(VARIABLE)) add(key!);
  }
  return [...keys.values()];
}
