/**
 * Owns the commands of bin/commands as processes of their own, whose clock is the embedded AWS's: `npm run ops -- …` as somebody types it.
 * They are bundled once, since a process that compiles TypeScript takes seconds to begin.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { clientEnvironment } from '../../../local/cli/client-environment';
import { shiftedTime } from '../../support/shifted-time';

const COMMANDS = ['approvals', 'audit', 'documents', 'ingest', 'ops'];

/** How a command ended. */
export interface Ending {
  readonly code: number;
  readonly output: string;
}

/** The commands, ready to be run. */
export class BundledCommands {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'stepwright-runbooks-'));
  private built?: Promise<unknown>;

  /** Runs a command against an embedded AWS, `aheadMs` ahead of the machine's time. */
  async run(
    name: string,
    args: readonly string[],
    aws: { url: string; region: string },
    aheadMs: number,
  ): Promise<Ending> {
    if (!COMMANDS.includes(name)) throw new Error(`npm run ${name}: no runbook can type this here.`);
    this.built ??= build({
      entryPoints: COMMANDS.map((command) => path.resolve(__dirname, `../../../bin/commands/${command}.ts`)),
      outdir: this.folder,
      bundle: true,
      platform: 'node',
      mainFields: ['module', 'main'],
      logLevel: 'error',
    });
    await this.built;
    const env = { ...clientEnvironment(aws.url, aws.region), NODE_NO_WARNINGS: '1' };
    const argv = [...shiftedTime(aheadMs), path.join(this.folder, `${name}.js`), ...args];
    return new Promise((resolve) => {
      execFile(process.execPath, argv, { cwd: this.folder, env, timeout: 120_000 }, (error, stdout, stderr) => {
        const code = typeof error?.code === 'number' ? error.code : error ? -1 : 0;
        resolve({ code, output: `${stdout}${stderr}` });
      });
    });
  }

  /** Removes the bundles. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
