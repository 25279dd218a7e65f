import { readFileSync } from 'node:fs';

/**
 * Reads a file in the format of `cdk deploy --outputs-file` and gives the outputs of the one stack in it that has the output
 * `marker`. Throws an Error that names the file and what is missing.
 */
export function readStackOutputs<Name extends string>(
  file: string,
  marker: Name,
  required: readonly Name[],
): Record<string, string> & Record<Name, string> {
  let stacks: Record<string, Record<string, string>>;
  try {
    stacks = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The outputs file ${file} cannot be read (${reason}). Write it with cdk deploy --outputs-file ${file}.`,
    );
  }
  const stack = Object.values(stacks).find((outputs) => marker in outputs);
  if (!stack) {
    throw new Error(`The outputs file ${file} has no stack with the output ${marker}: deploy all stacks.`);
  }
  const missing = required.filter((name) => !stack[name]);
  if (missing.length > 0) {
    throw new Error(`The outputs file ${file} lacks ${missing.join(', ')}: deploy the stack again.`);
  }
  return stack as Record<string, string> & Record<Name, string>;
}
