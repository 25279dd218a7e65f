/** Reads a variable that the function cannot work without. Throws an error that names it when it is absent or empty. */
export function requireVariable(name: string, environment: NodeJS.ProcessEnv = process.env): string {
  const value = environment[name];
  if (value === undefined || value === '') {
    throw new Error(`The environment variable ${name} is not set: give the function a value for it in its stack.`);
  }
  return value;
}

/** Reads a whole number that the function cannot work without. Throws an error that names the variable. */
export function requireWholeNumber(name: string, environment: NodeJS.ProcessEnv = process.env): number {
  const value = Number(requireVariable(name, environment));
  if (!Number.isSafeInteger(value)) throw new Error(`The environment variable ${name} must be a whole number.`);
  return value;
}

/** Reads a variable whose absence turns a feature off. */
export function optionalVariable(name: string, environment: NodeJS.ProcessEnv = process.env): string | undefined {
  return environment[name] || undefined;
}
