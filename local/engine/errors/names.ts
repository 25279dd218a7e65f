/** Error names that the States Language reserves. https://states-language.net/#appendix-a */
export const STATES_ALL = 'States.ALL';
export const STATES_TASK_FAILED = 'States.TaskFailed';
export const STATES_TIMEOUT = 'States.Timeout';
export const STATES_HEARTBEAT_TIMEOUT = 'States.HeartbeatTimeout';
export const STATES_RUNTIME = 'States.Runtime';
export const STATES_DATA_LIMIT_EXCEEDED = 'States.DataLimitExceeded';
export const STATES_QUERY_EVALUATION_ERROR = 'States.QueryEvaluationError';
export const STATES_INTRINSIC_FAILURE = 'States.IntrinsicFailure';
export const STATES_RESULT_PATH_MATCH_FAILURE = 'States.ResultPathMatchFailure';
export const STATES_NO_CHOICE_MATCHED = 'States.NoChoiceMatched';
export const STATES_EXCEED_TOLERATED_FAILURE_THRESHOLD = 'States.ExceedToleratedFailureThreshold';
