/**
 * Runs the corpus of recorded Step Functions cases against the engine, where the corpus lies beside the repository.
 *
 *   npm run conformance -- [--corpus FOLDER] [any option of the corpus's own runner: --category, --op, --kind, --json …]
 *
 * Starts the engine (engine.ts) on a free port and ends it again. Exits with 0 when every case has its recorded answer or
 * is a known difference (test/conformance/known-differences.json), and none of those has become equal; also, after
 * saying so, where there is no corpus.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Command } from 'commander';

const KNOWN_DIFFERENCES = path.join('test', 'conformance', 'known-differences.json');
const BESIDE_THE_REPOSITORY = path.join('..', 'shared', 'conformance');

/** One case as the runner's `--json` tells it. */
interface CaseResult {
  readonly id: string;
  readonly category: string;
  readonly kind: string;
  readonly op: string;
  readonly output: boolean;
  readonly history: boolean;
  readonly historyRecorded: boolean;
}

async function main(): Promise<number> {
  const program = new Command('conformance')
    .description('Compares the engine with recordings of Step Functions. Other options go to the runner of the corpus.')
    .option('--corpus <folder>', 'the folder with run.mjs and dev/', BESIDE_THE_REPOSITORY)
    .option('--json <file>', 'writes all results with their first differences')
    .allowUnknownOption()
    .allowExcessArguments()
    .parse();
  const { corpus, json } = program.opts<{ corpus: string; json?: string }>();
  const runner = path.join(corpus, 'run.mjs');
  if (!existsSync(runner)) {
    process.stdout.write(`No corpus at ${corpus}: nothing to compare (cases of our own run with npm test).\n`);
    return 0;
  }
  const lambdaPort = await freePort();
  const folder = mkdtempSync(path.join(tmpdir(), 'conformance-'));
  const engine = startEngine(lambdaPort);
  try {
    const endpoint = await addressOf(engine);
    const results = json ?? path.join(folder, 'results.json');
    const fixed = ['--corpus', path.join(corpus, 'dev'), '--endpoint', endpoint, '--lambda-port', String(lambdaPort)];
    const { code, text } = await output(process.execPath, [runner, ...fixed, '--json', results, ...program.args]);
    if (!existsSync(results)) {
      process.stdout.write(text);
      return code || 1;
    }
    const cases = (JSON.parse(readFileSync(results, 'utf8')) as { results: CaseResult[] }).results;
    process.stdout.write(table(cases));
    process.stdout.write(afterTable(text));
    return surprises(cases) === 0 ? 0 : 1;
  } finally {
    engine.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Says which cases differ that should not, and which agree that are listed as differing; gives their number. */
function surprises(cases: readonly CaseResult[]): number {
  const known = JSON.parse(readFileSync(KNOWN_DIFFERENCES, 'utf8')) as Record<string, string>;
  const isEqual = (result: CaseResult) => result.output && (result.history || !result.historyRecorded);
  const fresh = cases.filter((result) => !isEqual(result) && !Object.hasOwn(known, result.id));
  const mended = cases.filter((result) => isEqual(result) && Object.hasOwn(known, result.id));
  for (const { id } of fresh) process.stdout.write(`✘ ${id} differs from its recording\n`);
  for (const { id } of mended) process.stdout.write(`✘ ${id} agrees now: delete it from ${KNOWN_DIFFERENCES}\n`);
  const differing = cases.filter((result) => !isEqual(result)).length - fresh.length;
  process.stdout.write(
    `${differing} known differences, ${fresh.length} new ones: docs/conformance.md has the reasons\n`,
  );
  return fresh.length + mended.length;
}

function startEngine(lambdaPort: number): ChildProcess {
  const engine = path.join(__dirname, 'engine.ts');
  return spawn(process.execPath, [require.resolve('tsx/cli'), engine, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, AWS_ENDPOINT_URL_LAMBDA: `http://127.0.0.1:${lambdaPort}` },
  });
}

/** The URL that the engine prints when it listens. */
function addressOf(engine: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    createInterface({ input: engine.stdout! }).on('line', (line) => {
      const url = /http:\/\/\S+/.exec(line)?.[0];
      if (url) resolve(url);
    });
    engine.once('error', reject);
    engine.once('close', (code) => reject(new Error(`the engine ended with ${code} before it listened`)));
  });
}

function output(command: string, args: string[]): Promise<{ code: number; text: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, text }));
  });
}

/** Cases and percentages by category, then by kind of operation, then all together. */
function table(results: readonly CaseResult[]): string {
  const groups = new Map<string, CaseResult[]>();
  const add = (name: string, result: CaseResult) => groups.set(name, [...(groups.get(name) ?? []), result]);
  for (const result of [...results].sort((a, b) => (a.category < b.category ? -1 : 1))) add(result.category, result);
  for (const result of results) add(`all ${result.op} ${result.kind}`, result);
  for (const result of results) add('all', result);
  const rows = [...groups].map(([name, group]) => {
    const recorded = group.filter((result) => result.historyRecorded);
    const histories = recorded.filter((result) => result.history).length;
    return [name, String(group.length), share(group.filter((r) => r.output).length, group.length)].concat(
      share(histories, recorded.length),
    );
  });
  return [['category', 'cases', 'output', 'history'], ...rows]
    .map(([name, ...figures]) => `${name!.padEnd(30)}${figures.map((figure) => figure.padStart(10)).join('')}\n`)
    .join('');
}

function share(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`;
}

/** What the runner says below its own table: failures, and how many cases ran. */
function afterTable(text: string): string {
  const end = text.indexOf('\n\n');
  return end < 0 ? '' : text.slice(end + 1);
}

/** A port that nothing listens on at this moment; the runner's own Lambda endpoint takes it. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    process.stderr.write(`The comparison could not run: ${error.message}\n`);
    process.exitCode = 1;
  },
);
