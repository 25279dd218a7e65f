/**
 * Owns the rules of composite alarms: ALARM(), OK() and INSUFFICIENT_DATA() of an alarm's name or ARN, TRUE, FALSE, NOT, AND, OR,
 * parentheses. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 */
import { validationError } from '../faults';
import type { StateValue } from '../model';

/** A rule that has been read. */
export interface CompositeRule {
  /** The alarms that the rule names, each once: names or ARNs. */
  readonly children: readonly string[];
  /** Whether the rule holds; `stateOf` gives the state of a child. */
  holds(stateOf: (child: string) => StateValue | undefined): boolean;
}

type Condition = (stateOf: (child: string) => StateValue | undefined) => boolean;

const LONGEST_RULE = 10_240;
const MOST_ELEMENTS = 500;
const MOST_CHILDREN = 100;
const TOKEN =
  /\s*(?:(?<state>ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"(?<quoted>[^"]+)"|'(?<single>[^']+)'|(?<plain>[^()"']+?))\s*\)|(?<word>AND|OR|NOT|TRUE|FALSE)\b|(?<parenthesis>[()]))/iy;

interface Token {
  readonly word: string;
  readonly child?: string;
}

/** Reads a rule. Throws ValidationError. */
export function parseCompositeRule(rule: unknown): CompositeRule {
  if (typeof rule !== 'string' || rule.length === 0 || rule.length > LONGEST_RULE) {
    throw validationError(`AlarmRule must have between 1 and ${LONGEST_RULE} characters.`);
  }
  const tokens = tokensOf(rule);
  const children = [...new Set(tokens.flatMap(({ child }) => child ?? []))];
  if (tokens.length > MOST_ELEMENTS)
    throw validationError(`AlarmRule must not have more than ${MOST_ELEMENTS} elements.`);
  if (children.length > MOST_CHILDREN)
    throw validationError(`AlarmRule must not name more than ${MOST_CHILDREN} alarms.`);
  return { children, holds: new RuleParser(tokens).whole() };
}

function tokensOf(rule: string): Token[] {
  const tokens: Token[] = [];
  const end = rule.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const groups = TOKEN.exec(rule)?.groups;
    if (!groups) throw validationError(`Error in AlarmRule at: ${rule.slice(at).trim().slice(0, 40)}`);
    const { state, quoted, single, plain, word, parenthesis } = groups;
    const child = quoted ?? single ?? plain;
    tokens.push({ word: (state ?? word ?? parenthesis)!.toUpperCase(), child });
  }
  return tokens;
}

/** AND binds tighter than OR, NOT tighter than both. */
class RuleParser {
  private position = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Condition {
    const condition = this.either();
    if (this.position < this.tokens.length) throw this.unexpected();
    return condition;
  }

  private either(): Condition {
    let left = this.both();
    while (this.take('OR')) {
      const [first, second] = [left, this.both()];
      left = (stateOf) => first(stateOf) || second(stateOf);
    }
    return left;
  }

  private both(): Condition {
    let left = this.operand();
    while (this.take('AND')) {
      const [first, second] = [left, this.operand()];
      left = (stateOf) => first(stateOf) && second(stateOf);
    }
    return left;
  }

  private operand(): Condition {
    if (this.take('NOT')) {
      const inner = this.operand();
      return (stateOf) => !inner(stateOf);
    }
    if (this.take('(')) {
      const inner = this.either();
      if (!this.take(')')) throw this.unexpected();
      return inner;
    }
    const token = this.tokens[this.position];
    if (token?.child !== undefined) {
      this.position++;
      const { word, child } = token;
      return (stateOf) => stateOf(child) === word;
    }
    if (this.take('TRUE')) return () => true;
    if (this.take('FALSE')) return () => false;
    throw this.unexpected();
  }

  private take(word: string): boolean {
    const token = this.tokens[this.position];
    if (token?.word !== word || token.child !== undefined) return false;
    this.position++;
    return true;
  }

  private unexpected() {
    const token = this.tokens[this.position];
    return validationError(`Error in AlarmRule: ${token ? `unexpected ${token.word}` : 'it is not complete'}.`);
  }
}
