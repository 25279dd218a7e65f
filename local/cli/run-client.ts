import { spawn } from 'node:child_process';

/** Runs a command of bin/commands as a process of its own, as a user would, and gives its exit code. */
export function runClient(script: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    env: { ...env, NODE_NO_WARNINGS: '1' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve(code ?? 1));
  });
}
