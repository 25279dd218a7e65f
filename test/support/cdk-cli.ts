import { spawn } from 'node:child_process';
import { clientEnvironment } from '../../local/cli/client-environment';
import type { EmbeddedAws } from '../../local/embedded-aws';

/** What a command printed, and how it ended. */
export interface CommandEnd {
  readonly code: number | null;
  readonly output: string;
}

/** The CDK's command line as it is installed, told of an embedded AWS by nothing but the environment. */
export function cdkCli({ url, region }: EmbeddedAws): (...args: string[]) => Promise<CommandEnd> {
  const env = { ...clientEnvironment(url, region), CDK_DISABLE_CLI_TELEMETRY: 'true', NODE_NO_WARNINGS: '1' };
  return (...args) => runCommand('node_modules/aws-cdk/bin/cdk', [...args, '--no-notices', '--ci'], env);
}

/** Runs a script with Node.js, through tsx when it is TypeScript; output and errors together. */
export function runCommand(script: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<CommandEnd> {
  return new Promise((resolve, reject) => {
    const loader = script.endsWith('.ts') ? ['--import', 'tsx'] : [];
    const child = spawn(process.execPath, [...loader, script, ...args], { env });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.once('error', reject).once('close', (code) => resolve({ code, output }));
  });
}
