import { execFile, spawnSync } from 'node:child_process';
import { clientEnvironment } from '../../../local/cli/client-environment';
import type { OperatedStacks } from './operated-stacks';

const LONGEST_MILLISECONDS = 120_000;

/** What a command printed, and how it ended. */
export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Tests of a tool that the project does not need: where it is not installed, one test says so on standard error, and fails when
 * STEPWRIGHT_REQUIRE_TOOLS is 1.
 */
export function describeTool(tool: string, probe: readonly string[], tests: () => void): void {
  const [command, ...args] = probe as [string, ...string[]];
  const { status } = spawnSync(command, args, { timeout: LONGEST_MILLISECONDS, stdio: 'ignore' });
  if (status === 0) describe(tool, tests);
  else {
    it(`${tool} is not installed: nothing of it is checked`, () => {
      process.stderr.write(`\n*** ${tool} is not installed: its tests have checked nothing. ***\n`);
      expect(process.env.STEPWRIGHT_REQUIRE_TOOLS).not.toBe('1');
    });
  }
}

/** Runs a command against the stacks, told of them by nothing but the environment; `more` goes before what is set for every tool. */
export function runTool(
  { embedded }: OperatedStacks,
  command: string,
  args: readonly string[],
  more: NodeJS.ProcessEnv = {},
): Promise<CommandResult> {
  const env = {
    ...clientEnvironment(embedded.url, embedded.region),
    AWS_DEFAULT_REGION: embedded.region,
    ...{ AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null', AWS_PAGER: '', AWS_MAX_ATTEMPTS: '1' },
    ...{ AWS_EC2_METADATA_DISABLED: 'true', PYTHONIOENCODING: 'utf-8' },
    ...more,
  };
  return new Promise((resolve) => {
    const options = { env, timeout: LONGEST_MILLISECONDS, maxBuffer: 2 ** 26 };
    execFile(command, args, options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr });
    });
  });
}
