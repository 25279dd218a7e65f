import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import type { Filling } from './fillings';
import type { Answer, Question } from './serve';

/** An embedded AWS in a process of its own, so that what clients cost is not in its figures. */
export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(): Promise<ServerProcess> {
    const script = path.join(__dirname, 'serve.ts');
    const child = fork(script, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const { url } = (await answerOf(child)) as { url: string };
    return new ServerProcess(child, url);
  }

  /** Memory in bytes, once what nobody holds is gone: the heap, and what lies beside it. */
  async memoryBytes(): Promise<number> {
    const { heapBytes, bufferBytes } = (await this.ask('memory')) as { heapBytes: number; bufferBytes: number };
    return heapBytes + bufferBytes;
  }

  async fill(fill: Filling, count: number, roleArn: string): Promise<void> {
    await this.ask({ fill, count, roleArn });
  }

  stop(): void {
    this.child.kill();
  }

  private ask(question: Question): Promise<Answer> {
    const answer = answerOf(this.child);
    this.child.send(question);
    return answer;
  }
}

function answerOf(child: ChildProcess): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error('the process of the embedded AWS ended: there are no figures'));
    child.once('exit', fail);
    child.once('message', (answer: Answer) => {
      child.off('exit', fail);
      resolve(answer);
    });
  });
}
