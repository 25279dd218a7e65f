import { validation } from './faults';

type Step = { readonly name: string } | { readonly index: number } | 'all';

const STEP = /\.([A-Za-z0-9_/@-]+|\*)|\[(\d+|\*)\]|\['([^']+)'\]|\["([^"]+)"\]/y;

/**
 * The part of JSONPath that EventBridge has for InputPath and input transformers: names, indices, `*`.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 * Throws ValidationException for other paths; the function it gives answers undefined where nothing is found.
 */
export function compilePath(path: string): (event: unknown) => unknown {
  const steps = stepsOf(path);
  return (event) => {
    let values: unknown[] = [event];
    for (const step of steps) values = values.flatMap((value) => follow(value, step));
    return steps.includes('all') ? values : values[0];
  };
}

function stepsOf(path: string): Step[] {
  const steps: Step[] = [];
  if (!path.startsWith('$')) throw validation(`Invalid InputPath: ${path} does not start with '$'.`);
  let at = 1;
  while (at < path.length) {
    STEP.lastIndex = at;
    const found = STEP.exec(path);
    if (!found) throw validation(`Invalid InputPath: ${path} is not understood from character ${at + 1} on.`);
    const [text, dotted, bracketed, single, double] = found;
    if (dotted === '*' || bracketed === '*') steps.push('all');
    else if (bracketed !== undefined) steps.push({ index: Number(bracketed) });
    else steps.push({ name: (dotted ?? single ?? double)! });
    at += text.length;
  }
  return steps;
}

function follow(value: unknown, step: Step): unknown[] {
  if (value === null || typeof value !== 'object') return [];
  if (step === 'all') return Object.values(value);
  if ('index' in step) return Array.isArray(value) && step.index < value.length ? [value[step.index]] : [];
  return !Array.isArray(value) && Object.hasOwn(value, step.name) ? [(value as any)[step.name]] : [];
}
