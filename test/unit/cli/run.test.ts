import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What `npm start` and the commands run by. */
describe('local/cli/run.cjs', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'stepwright-run-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Runs a program with arguments; `signal` is sent once it has printed something. */
  function run(program: string, args: string[] = [], signal?: NodeJS.Signals) {
    const file = path.join(folder, `${args.length}-${signal ?? 'none'}.ts`);
    writeFileSync(file, program);
    const child = spawn(process.execPath, ['local/cli/run.cjs', file, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      if (signal) child.kill(signal);
    });
    return new Promise<{ code: number | null; output: string }>((resolve) => {
      child.on('close', (code) => resolve({ code, output }));
    });
  }

  it('runs TypeScript with its arguments, and ends as it ends', async () => {
    const program = 'const [, , name]: string[] = process.argv; console.log(name); process.exit(7);';
    expect(await run(program, ['--port=1'])).toEqual({ code: 7, output: '--port=1\n' });
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('hands on %s, and waits for the end', async (signal) => {
    const program = `
      process.on('${signal}', () => { console.log('over'); process.exit(0); });
      setInterval(() => {}, 1000);
      console.log('here');`;
    expect(await run(program, [], signal)).toEqual({ code: 0, output: 'here\nover\n' });
  });

  it('keeps the allocator to two arenas', async () => {
    const program = 'console.log(process.env.MALLOC_ARENA_MAX)';
    expect((await run(program)).output).toBe('2\n');
  });
});
