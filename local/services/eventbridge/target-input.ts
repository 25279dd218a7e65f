/**
 * Owns what a target receives instead of the event: Input, InputPath, InputTransformer. Pure.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
import { compilePath } from './event-path';
import { validation } from './faults';
import type { Event, Target } from './model';

/** What the predefined variables stand for. */
export interface TransformContext {
  readonly ruleArn: string;
  readonly ruleName: string;
  readonly ingestionTime: string;
}

const PLACEHOLDER = /<([A-Za-z0-9_.-]+)>/g;
const PREDEFINED = [
  'aws.events.rule-arn',
  'aws.events.rule-name',
  'aws.events.event.ingestion-time',
  'aws.events.event',
  'aws.events.event.json',
];

/** Throws ValidationException for a target whose input could never be made. */
export function checkTargetInput(target: Target): void {
  const given = [target.Input, target.InputPath, target.InputTransformer].filter((value) => value !== undefined);
  if (given.length > 1) {
    throw validation(`Only one of Input, InputPath, or InputTransformer must be provided for target ${target.Id}.`);
  }
  if (target.Input !== undefined && !isJson(target.Input)) {
    throw validation(`JSON syntax error in input for target ${target.Id}`);
  }
  if (target.InputPath !== undefined) compilePath(target.InputPath);
  if (target.InputTransformer) checkTransformer(target.Id, target.InputTransformer);
}

function checkTransformer(id: string, transformer: NonNullable<Target['InputTransformer']>): void {
  const paths = transformer.InputPathsMap ?? {};
  if (!transformer.InputTemplate) throw validation(`InputTemplate is required for target ${id}.`);
  if (Object.keys(paths).length > 100) throw validation(`InputPathsMap of target ${id} has more than 100 entries.`);
  for (const path of Object.values(paths)) compilePath(path);
  for (const [, name] of transformer.InputTemplate.matchAll(PLACEHOLDER)) {
    if (!Object.hasOwn(paths, name!) && !PREDEFINED.includes(name!)) {
      throw validation(
        `Invalid InputTemplate for target ${id} : [Placeholder ${name} in InputTemplate is not defined].`,
      );
    }
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The text that a target receives. */
export function inputFor(target: Target, event: Event, context: TransformContext): string {
  if (target.Input !== undefined) return target.Input;
  if (target.InputPath !== undefined) return JSON.stringify(compilePath(target.InputPath)(event) ?? null);
  if (target.InputTransformer) return transform(target.InputTransformer, event, context);
  return JSON.stringify(event);
}

function transform(
  transformer: NonNullable<Target['InputTransformer']>,
  event: Event,
  context: TransformContext,
): string {
  const { detail: _, ...envelope } = event;
  const values: Record<string, unknown> = {
    'aws.events.rule-arn': context.ruleArn,
    'aws.events.rule-name': context.ruleName,
    'aws.events.event.ingestion-time': context.ingestionTime,
    'aws.events.event': envelope,
    'aws.events.event.json': event,
  };
  for (const [name, path] of Object.entries(transformer.InputPathsMap ?? {})) values[name] = compilePath(path)(event);
  const template = transformer.InputTemplate;
  const filled = template.replace(PLACEHOLDER, (_match, name: string, offset: number) => {
    const value = values[name];
    if (isInString(template, offset)) return textOf(value);
    return value === undefined ? '""' : JSON.stringify(value);
  });
  try {
    return JSON.stringify(JSON.parse(filled));
  } catch {
    return filled;
  }
}

/** Inside a JSON string a scalar stands as itself, and an object loses its quotes, as on AWS. */
function textOf(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return JSON.stringify(value).slice(1, -1);
  return JSON.stringify(value).replaceAll('"', '');
}

function isInString(template: string, offset: number): boolean {
  let isInside = false;
  for (let i = 0; i < offset; i++) {
    if (template[i] === '\\') i++;
    else if (template[i] === '"') isInside = !isInside;
  }
  return isInside;
}
