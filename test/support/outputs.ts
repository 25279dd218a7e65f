import { writeFileSync } from 'node:fs';
import path from 'node:path';

/** Writes outputs in the format of `cdk deploy --outputs-file` and gives the file. */
export function writeOutputs(folder: string, outputs: object): string {
  const file = path.join(folder, 'outputs.json');
  writeFileSync(file, JSON.stringify(outputs));
  return file;
}
