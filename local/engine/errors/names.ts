/** Error names that the States Language reserves, and Step Functions' own. https://states-language.net/#appendix-a */

/** Stands for any error that can be caught. */
export const STATES_ALL = 'States.ALL';
/** Stands for any error that a task reports. */
export const STATES_TASK_FAILED = 'States.TaskFailed';
/** A task, or the execution, took longer than it may. */
export const STATES_TIMEOUT = 'States.Timeout';
/** A task was silent for too long. */
export const STATES_HEARTBEAT_TIMEOUT = 'States.HeartbeatTimeout';
/** The state's own data or paths are wrong; never caught. */
export const STATES_RUNTIME = 'States.Runtime';
/** A payload is larger than 256 KiB. */
export const STATES_DATA_LIMIT_EXCEEDED = 'States.DataLimitExceeded';
/** A JSONata expression failed, or gave what its field cannot take. */
export const STATES_QUERY_EVALUATION_ERROR = 'States.QueryEvaluationError';
/** An intrinsic function refused its arguments. */
export const STATES_INTRINSIC_FAILURE = 'States.IntrinsicFailure';
/** ResultPath leads through something that is no object. */
export const STATES_RESULT_PATH_MATCH_FAILURE = 'States.ResultPathMatchFailure';
/** No rule of a Choice holds, and it has no Default. */
export const STATES_NO_CHOICE_MATCHED = 'States.NoChoiceMatched';
/** More items of a distributed Map failed than it tolerates. */
export const STATES_EXCEED_TOLERATED_FAILURE_THRESHOLD = 'States.ExceedToleratedFailureThreshold';
