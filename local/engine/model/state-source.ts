import type { JsonObject } from './json';
import type { Flow, QueryLanguage } from './machine';

/** A state's definition and where it stands. */
export interface StateSource {
  readonly name: string;
  readonly key: string;
  readonly definition: JsonObject;
  readonly machineLanguage: QueryLanguage;
  /** Compiles a branch or an item processor of this state, in the language that the state's own states inherit. */
  nested(part: JsonObject, partKey: string, language: QueryLanguage): Flow;
}
