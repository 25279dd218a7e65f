import type { Template } from '../../assembly/template';

/** What a stack is made of. */
export interface StackInput {
  readonly stackName: string;
  readonly template: Template;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly terminationProtection?: boolean;
}

/** An operation that has begun; `done` rejects with AwsError when it fails, after the way back. */
export interface Operation {
  readonly stackId: string;
  readonly done: Promise<void>;
}
