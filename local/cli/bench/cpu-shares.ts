import { Session } from 'node:inspector/promises';

/** Whose the time of this process's main thread was. */
export interface Shares {
  /** Of the main thread's time, on which everything but the functions runs: what the engine took, with its JSONata. */
  readonly enginePercent: number;
  /** CPU time of the process, its threads included. */
  readonly cpuSeconds: number;
}

const ENGINE = /\/local\/engine\/|\/node_modules\/jsonata\//;
const IDLE = new Set(['(idle)', '(program)', '(root)']);
const SAMPLE_MICROSECONDS = 1_000;

/** Samples the main thread, on which everything but the functions runs, and counts the CPU time of the whole process. */
export class CpuShares {
  private readonly begunCpu = process.cpuUsage();

  private constructor(private readonly session: Session) {}

  static async begin(): Promise<CpuShares> {
    const session = new Session();
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: SAMPLE_MICROSECONDS });
    await session.post('Profiler.start');
    return new CpuShares(session);
  }

  async end(): Promise<Shares> {
    const cpu = process.cpuUsage(this.begunCpu);
    const { profile } = await this.session.post('Profiler.stop');
    this.session.disconnect();
    const owners = ownersOf(profile.nodes);
    let engine = 0;
    let busy = 0;
    for (const [index, id] of (profile.samples ?? []).entries()) {
      const microseconds = profile.timeDeltas?.[index] ?? 0;
      const owner = owners.get(id);
      if (owner !== 'idle') busy += microseconds;
      if (owner === 'engine') engine += microseconds;
    }
    return { enginePercent: (100 * engine) / busy, cpuSeconds: (cpu.user + cpu.system) / 1e6 };
  }
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string };
  readonly children?: number[];
}

/** What is called from the engine is the engine's: a sample belongs to the innermost frame that is ours, or to whoever called it. */
function ownersOf(nodes: readonly ProfileNode[]): Map<number, 'engine' | 'idle' | 'other'> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const owners = new Map<number, 'engine' | 'idle' | 'other'>();
  const visit = (node: ProfileNode, inherited: 'engine' | 'other') => {
    const { functionName, url } = node.callFrame;
    const isOurs = url.includes('/local/') || url.includes('/node_modules/');
    const owner = isOurs ? (ENGINE.test(url) ? 'engine' : 'other') : inherited;
    owners.set(node.id, IDLE.has(functionName) ? 'idle' : owner);
    for (const child of node.children ?? []) visit(byId.get(child)!, owner);
  };
  visit(nodes[0]!, 'other');
  return owners;
}
