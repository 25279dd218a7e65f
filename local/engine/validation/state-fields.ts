/** Which fields a state of each type has, and which of them belong to one query language. */
const PATHS_IN_AND_OUT = ['InputPath', 'OutputPath', 'Output'];
const TRANSITION = ['Next', 'End'];
const ERRORS = ['Retry', 'Catch'];
const CALL = ['Parameters', 'Arguments', 'ResultSelector', 'ResultPath', 'Assign'];

const EVERY = ['Type', 'Comment', 'QueryLanguage'];

/** https://docs.aws.amazon.com/step-functions/latest/dg/concepts-states.html */
export const STATE_FIELDS: Readonly<Record<string, ReadonlySet<string>>> = {
  Pass: set(PATHS_IN_AND_OUT, TRANSITION, ['Parameters', 'Result', 'ResultPath', 'Assign']),
  Task: set(PATHS_IN_AND_OUT, TRANSITION, ERRORS, CALL, [
    'Resource',
    'Credentials',
    'TimeoutSeconds',
    'TimeoutSecondsPath',
    'HeartbeatSeconds',
    'HeartbeatSecondsPath',
  ]),
  Choice: set(PATHS_IN_AND_OUT, ['Choices', 'Default', 'Assign']),
  Wait: set(PATHS_IN_AND_OUT, TRANSITION, ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath', 'Assign']),
  Succeed: set(PATHS_IN_AND_OUT),
  Fail: set(['Error', 'ErrorPath', 'Cause', 'CausePath']),
  Parallel: set(PATHS_IN_AND_OUT, TRANSITION, ERRORS, CALL, ['Branches']),
  Map: set(PATHS_IN_AND_OUT, TRANSITION, ERRORS, CALL, [
    'ItemProcessor',
    'Iterator',
    'Items',
    'ItemsPath',
    'ItemSelector',
    'ItemReader',
    'ItemBatcher',
    'ResultWriter',
    'MaxConcurrency',
    'MaxConcurrencyPath',
    'ToleratedFailureCount',
    'ToleratedFailureCountPath',
    'ToleratedFailurePercentage',
    'ToleratedFailurePercentagePath',
    'Label',
  ]),
};

/** Fields of machines and of what stands in for one inside Parallel and Map. */
export const SCOPE_FIELDS: Readonly<Record<string, ReadonlySet<string>>> = {
  machine: new Set(['Comment', 'StartAt', 'States', 'Version', 'TimeoutSeconds', 'QueryLanguage']),
  branch: new Set(['Comment', 'StartAt', 'States']),
  processor: new Set(['Comment', 'StartAt', 'States', 'ProcessorConfig']),
};

export const JSONPATH_FIELDS: ReadonlySet<string> = new Set([
  'InputPath',
  'OutputPath',
  'Parameters',
  'Result',
  'ResultSelector',
  'ResultPath',
  'ItemsPath',
  'SecondsPath',
  'TimestampPath',
  'TimeoutSecondsPath',
  'HeartbeatSecondsPath',
  'ErrorPath',
  'CausePath',
  'MaxConcurrencyPath',
  'ToleratedFailureCountPath',
  'ToleratedFailurePercentagePath',
]);

export const JSONATA_FIELDS: ReadonlySet<string> = new Set(['Arguments', 'Output', 'Items']);

/** A literal field and its path form: at most one of them may be there. */
export const EXCLUSIVE_FIELDS: readonly (readonly string[])[] = [
  ['Next', 'End'],
  ['SecondsPath', 'Seconds', 'TimestampPath', 'Timestamp'],
  ['TimeoutSeconds', 'TimeoutSecondsPath'],
  ['HeartbeatSeconds', 'HeartbeatSecondsPath'],
  ['Error', 'ErrorPath'],
  ['Cause', 'CausePath'],
  ['MaxConcurrency', 'MaxConcurrencyPath'],
  ['ToleratedFailureCount', 'ToleratedFailureCountPath'],
  ['ToleratedFailurePercentage', 'ToleratedFailurePercentagePath'],
  ['ItemProcessor', 'Iterator'],
];

function set(...groups: readonly (readonly string[])[]): ReadonlySet<string> {
  return new Set([...EVERY, ...groups.flat()]);
}
