import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { CommandError } from './steps';

/**
 * Synthesizes the app into `folder`, as `cdk synth` would: the command and the context of cdk.json, in a process of
 * its own. The validator that aws-cdk-lib runs at synth is left to `npm run synth` and `npm run check`, since it
 * takes longer than all the rest.
 */
export async function synthesize(folder: string, context: Record<string, string> = {}): Promise<void> {
  const settings = JSON.parse(readFileSync('cdk.json', 'utf8')) as { app: string; context?: object };
  clear(folder);
  const script = /(\S+\.ts)\s*$/.exec(settings.app)?.[1];
  if (!script)
    throw new CommandError(`cdk.json names the app as "${settings.app}": a TypeScript file is expected last.`);
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    env: {
      ...process.env,
      CDK_OUTDIR: folder,
      CDK_CONTEXT_JSON: JSON.stringify({ ...settings.context, ...context }),
      CDK_VALIDATION: 'false',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  if (code !== 0) throw new CommandError(`The app could not be synthesized:\n${output.trim()}`);
}

/** Empties the folder but for assets: versions of functions that executions still run are read from where they were staged. */
function clear(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder).filter((name) => !name.startsWith('asset.'))) {
    rmSync(path.join(folder, name), { recursive: true, force: true });
  }
}
