import type { ChoiceRule } from '../data/choice/rule';
import type { JsonataExpression } from '../data/jsonata/expression';
import type { JsonPath } from '../data/jsonpath/path';
import type { PathField } from '../data/path-field';
import type { Template } from '../data/template';
import type { Json, JsonObject } from './json';
import type { TaskResource } from './resource';

/** How a state writes its expressions. */
export type QueryLanguage = 'JSONPath' | 'JSONata';

/** A compiled definition, shared by all its executions and never changed. */
export interface Machine {
  readonly definition: JsonObject;
  readonly root: Flow;
  /** Every flow by its key: the root, each branch, each item processor. */
  readonly flows: ReadonlyMap<string, Flow>;
  readonly timeoutSeconds?: number;
}

/** States that belong together: those of the machine, of a branch or of an item processor. */
export interface Flow {
  /** Where it stands in the definition: `` for the root, `States/Both/Branches/0` for a branch. */
  readonly key: string;
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

/** A number that stands in the definition or is computed when the state is entered. */
export type NumberField =
  | { readonly kind: 'literal'; readonly value: number }
  | { readonly kind: 'path'; readonly field: string; readonly path: PathField }
  | { readonly kind: 'expression'; readonly field: string; readonly expression: JsonataExpression };

/** One of Retry. */
export interface Retrier {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds?: number;
  readonly hasFullJitter: boolean;
}

/** One of Catch. */
export interface Catcher {
  readonly errorEquals: readonly string[];
  readonly next: string;
  /** JSONPath states: null discards the error output. */
  readonly resultPath?: JsonPath | null;
  /** JSONata states. */
  readonly output?: Template;
  readonly assign?: Template;
}

interface StateBase {
  readonly name: string;
  /** `States/NAME` under the key of its flow. */
  readonly key: string;
  readonly language: QueryLanguage;
  readonly next?: string;
  readonly inputPath?: PathField | null;
  readonly outputPath?: PathField | null;
  readonly output?: Template;
  readonly assign?: Template;
}

interface RetryingState extends StateBase {
  readonly resultPath?: JsonPath | null;
  readonly resultSelector?: Template;
  /** Parameters of JSONPath states, Arguments of JSONata states. */
  readonly parameters?: Template;
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
}

/** Hands data on, changed or not. */
export interface PassState extends StateBase {
  readonly type: 'Pass';
  readonly result?: Json;
  readonly resultPath?: JsonPath | null;
  readonly parameters?: Template;
}

/** Has work done elsewhere. */
export interface TaskState extends RetryingState {
  readonly type: 'Task';
  readonly resource: TaskResource;
  readonly timeout?: NumberField;
  readonly heartbeat?: NumberField;
  readonly credentials?: Template;
}

/** Chooses where to go. */
export interface ChoiceState extends StateBase {
  readonly type: 'Choice';
  readonly rules: readonly ChoiceRule[];
  readonly default?: string;
}

/** Lets time pass. */
export interface WaitState extends StateBase {
  readonly type: 'Wait';
  readonly wait:
    | { readonly kind: 'seconds'; readonly seconds: NumberField }
    | { readonly kind: 'timestamp'; readonly text: string }
    | { readonly kind: 'timestampPath'; readonly path: PathField }
    | { readonly kind: 'timestampExpression'; readonly expression: JsonataExpression };
}

/** Ends its flow well. */
export interface SucceedState extends StateBase {
  readonly type: 'Succeed';
}

/** A text of a Fail state. */
export type TextField =
  | { readonly kind: 'literal'; readonly value: string }
  | { readonly kind: 'path'; readonly field: string; readonly path: PathField }
  | { readonly kind: 'expression'; readonly field: string; readonly expression: JsonataExpression };

/** Ends its flow with an error. */
export interface FailState extends StateBase {
  readonly type: 'Fail';
  readonly error?: TextField;
  readonly cause?: TextField;
}

/** Runs several flows on the same input. */
export interface ParallelState extends RetryingState {
  readonly type: 'Parallel';
  readonly branches: readonly Flow[];
}

/** Runs one flow for each of several items. */
export interface MapState extends RetryingState {
  readonly type: 'Map';
  readonly processor: Flow;
  readonly itemsPath?: PathField;
  /** JSONata: an expression or an array with expressions in it. */
  readonly items?: Template;
  readonly itemsExpression?: JsonataExpression;
  readonly itemSelector?: Template;
  /** What the processor calls for each item is the state's `Parameters` in the older form. */
  readonly isLegacySelector: boolean;
  readonly maxConcurrency?: NumberField;
  readonly toleratedCount?: NumberField;
  readonly toleratedPercentage?: NumberField;
  readonly distributed?: DistributedMap;
}

/** What a distributed Map has besides. */
export interface DistributedMap {
  readonly label?: string;
  readonly childType: 'STANDARD' | 'EXPRESS';
  /** The ItemProcessor as a machine's definition, JSON text. */
  readonly childDefinition: string;
  readonly reader?: ReaderOrWriter;
  readonly writer?: ReaderOrWriter;
  readonly batcher?: {
    readonly maxItems?: NumberField;
    readonly maxInputBytes?: NumberField;
    readonly batchInput?: Template;
  };
}

/** ItemReader or ResultWriter. */
export interface ReaderOrWriter {
  readonly resource: string;
  readonly parameters: Template;
  /** ReaderConfig or WriterConfig, with `…Path` members and expressions evaluated. */
  readonly config?: Template;
  readonly maxItems?: NumberField;
}

/** A state of any type. */
export type State =
  | PassState
  | TaskState
  | ChoiceState
  | WaitState
  | SucceedState
  | FailState
  | ParallelState
  | MapState;
