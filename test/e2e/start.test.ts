import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ASSEMBLY_FOLDER } from '../support/assembly-folder';
import { ended, outputUntil } from '../support/children';

/** `npm start` as a user meets it when something is not as it should be. */
describe('npm start', () => {
  const start = (...args: string[]) =>
    spawn(process.execPath, ['--import', 'tsx', 'local/cli/start.ts', '--no-demo', ...args], {
      env: { ...process.env, NODE_NO_WARNINGS: '1' },
    });

  it('stays up until it is interrupted, and can be started again on the same port', async () => {
    const port = String(await freePort());
    for (let round = 0; round < 2; round++) {
      const child = start('--port', port, '--assembly', ASSEMBLY_FOLDER);
      const output = await outputUntil(child, 'Ctrl-C stops it');
      expect(output).toContain(`The embedded AWS answers at http://127.0.0.1:${port}`);
      child.kill('SIGINT');
      expect((await ended(child)).code).toBe(0);
    }
  });

  it('with --empty deploys nothing, and says how to deploy from elsewhere', async () => {
    const child = start('--empty', '--port', '0');
    const output = await outputUntil(child, 'Ctrl-C stops it');
    expect(output).toMatch(/The embedded AWS answers at http:\/\/127\.0\.0\.1:\d+ .*; this start deploys nothing\./);
    expect(output).toContain('npx cdk bootstrap');
    child.kill('SIGINT');
    expect((await ended(child)).code).toBe(0);
  });

  it('fails with one line when the port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const { code, output } = await ended(start('--port', String(port), '--assembly', ASSEMBLY_FOLDER));
    other.close();
    expect(output).toBe(`Port ${port} is taken: stop what listens there, or choose another with --port N.\n`);
    expect(code).toBe(1);
  });

  it.each([
    ['is not there', undefined],
    ['is broken', '{"version":'],
    ['is empty', '{}'],
  ])('fails with one line when cdk.out %s', async (_what, manifest) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'stepwright-broken-'));
    if (manifest) writeFileSync(path.join(folder, 'manifest.json'), manifest);
    const { code, output } = await ended(start('--port', '0', '--assembly', folder));
    const lines = output.trim().split('\n');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(folder);
    expect(lines[0]).toMatch(/npm run synth|synthesize with/);
    expect(code).toBe(1);
  });

  it.each(['-1', '1.5'])('rejects the port %s', async (port) => {
    const { code, output } = await ended(start(`--port=${port}`));
    expect(output).toContain('a port is a whole number from 0 to 65535');
    expect(code).not.toBe(0);
  });

  it('fails with one line on a Node.js that is too old', () => {
    const script = `Object.defineProperty(process.versions, 'node', { value: '18.20.0' }); require('./local/cli/preflight.cjs')`;
    const { status, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
    expect(stderr).toBe('Stepwright needs Node.js 20 or later, and this is 18.20.0: install Node.js 22 or 24.\n');
    expect(status).toBe(1);
  });
});

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
