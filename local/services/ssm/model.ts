/** A parameter of the parameter store. Times are milliseconds since the epoch. */
export interface ParameterRecord {
  readonly name: string;
  readonly type: 'String' | 'StringList';
  readonly value: string;
  readonly version: number;
  readonly description?: string;
  readonly changedAtMs: number;
}
