import type { Random } from '../../kernel/random';
import { contextObject } from '../data/context-object';
import type { Scope } from '../data/scope';
import type { Thread } from '../model/execution';
import { type Json, type JsonObject, ownMember } from '../model/json';
import type { Run } from './run';

/** What the expressions of a state can see: its data, the context object, the variables of its and outer scopes. */
export class StateScope implements Scope {
  constructor(
    private readonly run: Run,
    private readonly thread: Thread,
    readonly input: Json,
    readonly result?: Json,
    readonly errorOutput?: Json,
    private readonly extraContext?: JsonObject,
  ) {}

  get random(): Random {
    return this.run.environment.random;
  }

  get nowMs(): number {
    return this.run.nowMs;
  }

  inputText(): string {
    const { value, text } = this.thread.input;
    return this.input === value ? text : JSON.stringify(this.input);
  }

  context(): JsonObject {
    return contextObject(
      this.run.execution,
      this.thread,
      this.run.stateOf(this.thread),
      this.itemOwner(),
      this.extraContext,
    );
  }

  variable(name: string): Json | undefined {
    for (let scope: Thread | undefined = this.thread; scope; scope = this.run.parentOf(scope)) {
      const value = ownMember(scope.variables, name);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** The same state with another `$`. */
  withInput(input: Json): StateScope {
    return new StateScope(this.run, this.thread, input, this.result, this.errorOutput, this.extraContext);
  }

  /** The thread whose iteration of a Map this one belongs to. */
  private itemOwner(): Thread | undefined {
    let owner: Thread | undefined = this.thread;
    while (owner && !owner.item) owner = this.run.parentOf(owner);
    return owner;
  }
}
