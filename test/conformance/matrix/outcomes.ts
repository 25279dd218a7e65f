/**
 * What can happen at each field of each state, by error name: the rule that says where an error is given, and the reason
 * why it is given nowhere else. `works` is the cell of the field that does what it is for.
 */
import { JSONATA_FIELDS, JSONPATH_FIELDS, STATE_FIELDS } from '../../../local/engine/validation/state-fields';
import type { Cell, Language } from './cell';

/** One outcome, and the reason why it cannot occur where `isGiven` denies it. */
export interface Outcome {
  readonly name: string;
  isGiven(cell: Omit<Cell, 'outcome'>): boolean;
  readonly otherwise: string;
}

const PATH_FIELDS = [...JSONPATH_FIELDS].filter((field) => field.endsWith('Path') && field !== 'ResultPath');
/** Templates of JSONPath, and fields that hold one. */
const TEMPLATES = ['Parameters', 'ItemSelector', 'ResultSelector', 'Assign', 'ItemReader', 'ItemBatcher'];
const MORE_TEMPLATES = ['ResultWriter', 'Credentials'];
/** Fields that take an expression of JSONata, or hold one. */
const EXPRESSIONS = [
  ...['Arguments', 'Output', 'Assign', 'Items', 'ItemSelector', 'ItemReader', 'ItemBatcher', 'ResultWriter'],
  ...['Credentials', 'Choices', 'Seconds', 'Timestamp', 'TimeoutSeconds', 'HeartbeatSeconds', 'Error', 'Cause'],
  ...['MaxConcurrency', 'ToleratedFailureCount', 'ToleratedFailurePercentage', 'Catch'],
];
const HANDLERS = ['Retry', 'Catch'];
const HEARTBEATS = ['HeartbeatSeconds', 'HeartbeatSecondsPath'];
const TIMEOUTS = ['TimeoutSeconds', 'TimeoutSecondsPath'];
const TOLERANCES = [
  ...['ToleratedFailureCount', 'ToleratedFailureCountPath'],
  ...['ToleratedFailurePercentage', 'ToleratedFailurePercentagePath'],
];

const never = () => false;

/** https://states-language.net/#appendix-a and https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
export const OUTCOMES: readonly Outcome[] = [
  { name: 'works', isGiven: () => true, otherwise: 'every field does something' },
  {
    name: 'States.Runtime',
    isGiven: ({ type, language, field }) =>
      (language === 'JSONPath' &&
        (PATH_FIELDS.includes(field) ||
          [...TEMPLATES, ...MORE_TEMPLATES].includes(field) ||
          ['Choices', 'Catch'].includes(field))) ||
      (type === 'Task' && field === 'Resource'),
    otherwise:
      'it is given for paths that lead nowhere and resources that are not there; JSONata has an error of its own',
  },
  {
    name: 'States.QueryEvaluationError',
    isGiven: ({ language, field }) => language === 'JSONata' && EXPRESSIONS.includes(field),
    otherwise: 'it is given where an expression of JSONata stands',
  },
  {
    name: 'States.IntrinsicFailure',
    isGiven: ({ language, field }) =>
      language === 'JSONPath' && [...TEMPLATES, ...MORE_TEMPLATES, 'ErrorPath', 'CausePath', 'Catch'].includes(field),
    otherwise: 'intrinsic functions are called in payload templates of JSONPath, in ErrorPath and in CausePath',
  },
  {
    name: 'States.ResultPathMatchFailure',
    isGiven: ({ language, field }) => language === 'JSONPath' && ['ResultPath', 'Catch'].includes(field),
    otherwise: 'it is given where ResultPath stands',
  },
  {
    name: 'States.NoChoiceMatched',
    isGiven: ({ type, field }) => type === 'Choice' && field === 'Choices',
    otherwise: 'a Choice gives it when no rule holds and there is no Default',
  },
  {
    name: 'States.DataLimitExceeded',
    isGiven: ({ type, language, field }) =>
      (language === 'JSONata' && field === 'Output') ||
      field === 'Assign' ||
      (type === 'Task' && ['Resource', 'Catch'].includes(field)) ||
      (type === 'Pass' && ['Parameters', 'Result'].includes(field)) ||
      (language === 'JSONPath' && ['ResultPath', 'ResultSelector'].includes(field)) ||
      (['Branches', 'ItemProcessor'].includes(field) && type !== 'Task'),
    otherwise: 'it is given where data can grow; the input of a state is within the limit',
  },
  {
    name: 'States.Timeout',
    isGiven: ({ type, field }) => type === 'Task' && [...TIMEOUTS, ...HANDLERS].includes(field),
    otherwise: 'only a Task has a time limit of its own; that of the machine ends it without an error name to catch',
  },
  {
    name: 'States.HeartbeatTimeout',
    isGiven: ({ type, field }) => type === 'Task' && [...HEARTBEATS, ...HANDLERS].includes(field),
    otherwise: 'only a Task sends heartbeats',
  },
  {
    name: 'States.TaskFailed',
    isGiven: ({ type, field }) => type === 'Task' && HANDLERS.includes(field),
    otherwise: 'it is a name that handlers of a Task use for whatever the task reports',
  },
  {
    name: 'States.ALL',
    isGiven: ({ field }) => HANDLERS.includes(field),
    otherwise: 'it is a name that handlers use for any error',
  },
  {
    name: 'States.ExceedToleratedFailureThreshold',
    isGiven: ({ type, field }) => type === 'Map' && [...TOLERANCES, ...HANDLERS].includes(field),
    otherwise: 'only Map Runs tolerate failures',
  },
  {
    name: 'States.ItemReaderFailed',
    isGiven: ({ field }) => field === 'ItemReader',
    otherwise: 'ItemReader gives it',
  },
  {
    name: 'States.ResultWriterFailed',
    isGiven: ({ field }) => field === 'ResultWriter',
    otherwise: 'ResultWriter gives it',
  },
  {
    name: 'States.ParameterPathFailure',
    isGiven: never,
    otherwise: 'Step Functions reports a path of a payload template that leads nowhere as States.Runtime',
  },
  {
    name: 'States.BranchFailed',
    isGiven: never,
    otherwise: 'Step Functions fails a Parallel with the error of its branch',
  },
  {
    name: 'States.Permissions',
    isGiven: never,
    otherwise:
      'Step Functions reports the refusal in the words of the service that refused, such as Lambda.AWSLambdaException',
  },
  {
    name: 'States.Http.Socket',
    isGiven: never,
    otherwise:
      'HTTP tasks open real connections; their cases have a server, in test/unit/stepfunctions/http-task.test.ts',
  },
];

/** Fields that say what a state is and where it goes; cases about transitions are all the others. */
const OF_THE_FRAME = new Set(['Type', 'Comment', 'QueryLanguage', 'Next', 'End']);
/** Older names of Map: ItemProcessor and ItemSelector have taken their places, in JSONPath alone. */
const ONLY_JSONPATH = new Set(['Map Iterator']);
/** JSONata Maps select items by Items and ItemSelector. */
const NOT_OF_THE_TYPE = new Set(['Map Arguments']);

const LANGUAGES: readonly Language[] = ['JSONPath', 'JSONata'];

/** Every field of every state type in each language that has it. */
export function places(): Omit<Cell, 'outcome'>[] {
  return Object.entries(STATE_FIELDS).flatMap(([type, fields]) =>
    LANGUAGES.flatMap((language) =>
      [...fields]
        .filter((field) => !OF_THE_FRAME.has(field) && isOf(type, language, field))
        .map((field) => ({ type, language, field })),
    ),
  );
}

/** Whether a state of this type has this field in this language. */
export function isOf(type: string, language: Language, field: string): boolean {
  const name = `${type} ${field}`;
  if (NOT_OF_THE_TYPE.has(name) || (language === 'JSONata' && ONLY_JSONPATH.has(name))) return false;
  return !(language === 'JSONPath' ? JSONATA_FIELDS : JSONPATH_FIELDS).has(field);
}
