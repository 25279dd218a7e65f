/**
 * How long a built-in provider may take to answer. A cold connection to DynamoDB fits; a caller that waits longer
 * than this holds a function for nothing.
 */
export const PROVIDER_DEADLINE_MS = 2_000;
