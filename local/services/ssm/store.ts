import type { ParameterRecord } from './model';

/** All state of the embedded parameter store: parameters by name, the latest version of each. */
export class ParameterStore {
  private readonly parameters: Record<string, ParameterRecord> = {};

  find(name: string): ParameterRecord | undefined {
    return Object.hasOwn(this.parameters, name) ? this.parameters[name] : undefined;
  }

  put(parameter: ParameterRecord): void {
    this.parameters[parameter.name] = parameter;
  }

  remove(name: string): void {
    delete this.parameters[name];
  }
}
