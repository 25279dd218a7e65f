import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { clientEnvironment } from '../../local/cli/client-environment';
import { type EmbeddedAws, startEmbeddedAws } from '../../local/embedded-aws';
import { ASSEMBLY_FOLDER } from './assembly-folder';
import { writeOutputs } from './outputs';

/** The demo as a user runs it: a process of its own that knows an endpoint and an outputs file. */
export class DemoUnderTest {
  private constructor(
    readonly embedded: EmbeddedAws,
    readonly folder: string,
    readonly outputsFile: string,
  ) {}

  static async start(): Promise<DemoUnderTest> {
    const folder = mkdtempSync(path.join(tmpdir(), 'stepwright-'));
    const embedded = await startEmbeddedAws({ port: 0 });
    return new DemoUnderTest(embedded, folder, writeOutputs(folder, await embedded.deploy(ASSEMBLY_FOLDER)));
  }

  run(...args: string[]): Promise<{ code: number | null; output: string }> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, ['--import', 'tsx', 'bin/commands/demo.ts', ...args], {
        env: { ...clientEnvironment(this.embedded.url, this.embedded.region), NODE_NO_WARNINGS: '1' },
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
      child.once('error', reject).once('close', (code) => resolve({ code, output }));
    });
  }

  stop(): Promise<void> {
    return this.embedded.stop();
  }
}
