import vm from 'node:vm';
import { ExpressionTooCostly } from './guard';

/** Time that one search may take: catastrophic patterns need centuries, honest ones microseconds. */
const SEARCH_TIMEOUT_MS = 100;
/** Estimated steps up to which a search runs without a watchdog, which costs about a tenth of a millisecond. */
const HARMLESS_STEPS = 1_000_000;

const sandbox: { regex: RegExp | null; text: string } = { regex: null, text: '' };
const search = new vm.Script('regex.exec(text)');
let context: vm.Context | undefined;

/**
 * Stands for RegExp inside JSONata: a search that could go astray runs under a watchdog of V8, so that no pattern of a
 * definition can hang the process.
 */
export class GuardedRegExp {
  private readonly regex: RegExp;
  private readonly growth: number;

  constructor(pattern: RegExp) {
    this.regex = new RegExp(pattern);
    this.growth = growthOf(pattern.source);
  }

  get lastIndex(): number {
    return this.regex.lastIndex;
  }

  set lastIndex(index: number) {
    this.regex.lastIndex = index;
  }

  exec(text: string): RegExpExecArray | null {
    if (text.length ** this.growth <= HARMLESS_STEPS) return this.regex.exec(text);
    context ??= vm.createContext(sandbox);
    sandbox.regex = this.regex;
    sandbox.text = text;
    try {
      return search.runInContext(context, { timeout: SEARCH_TIMEOUT_MS }) as RegExpExecArray | null;
    } catch {
      throw new ExpressionTooCostly(`The regular expression /${this.regex.source}/ takes too long`);
    } finally {
      sandbox.regex = null;
      sandbox.text = '';
    }
  }
}

/**
 * The power of the text's length that a search may take at worst: one for where it begins, one for each repetition;
 * no power bounds repetitions within repetitions, nor back references.
 */
function growthOf(source: string): number {
  const bare = source
    .replace(/\\[1-9k]/g, '\u0000')
    .replace(/\\./g, 'a')
    .replace(/\[(?:[^\]])*\]/g, 'a');
  if (bare.includes('\u0000')) return Number.POSITIVE_INFINITY;
  let power = 1;
  const groups: boolean[] = [];
  for (let i = 0; i < bare.length; i++) {
    const isRepeated = /^(?:[*+]|\{\d*,?\d*\})/.test(bare.slice(i, i + 16));
    if (bare[i] === '(') groups.push(false);
    else if (bare[i] === '|' && groups.length > 0) groups[groups.length - 1] = true;
    else if (bare[i] === ')') {
      const isManifold = groups.pop() ?? false;
      const repeatsGroup = /^(?:[*+]|\{\d*,?\d*\})/.test(bare.slice(i + 1, i + 17));
      if (repeatsGroup && isManifold) return Number.POSITIVE_INFINITY;
      if ((isManifold || repeatsGroup) && groups.length > 0) groups[groups.length - 1] = true;
    } else if (isRepeated) {
      power++;
      if (groups.length > 0) groups[groups.length - 1] = true;
    }
  }
  return power;
}
