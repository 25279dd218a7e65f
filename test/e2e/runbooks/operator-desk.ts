import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeOutputs } from '../../support/outputs';
import { sendAwsCommand } from './aws-command';
import type { BrokenAccount } from './broken-account';
import { BundledCommands, type Ending } from './bundled-commands';
import { shellWords } from './shell-words';

/** What capitals in a command stand for, as somebody found out who looked before. */
export type Values = Readonly<Record<string, string | (() => Promise<string>)>>;

/** Words in capitals that mean themselves. */
const WORDS = new Set(['METADATA_ONLY', 'ALL_NEW', 'TIMED_OUT']);

/** An operator who types what a page says, capitals replaced, and reads what comes back. */
export class OperatorDesk {
  private readonly commands = new BundledCommands();
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'stepwright-desk-'));
  private readonly outputsFile: string;
  private shown = '';

  constructor(private readonly account: BrokenAccount) {
    this.outputsFile = writeOutputs(this.folder, account.stacks);
  }

  /** Types a command. Throws for a capital that stands for nothing known, and for what a shell or a CLI would refuse. */
  async type(command: string, values: Values): Promise<Ending> {
    const words = await Promise.all(shellWords(command).map((word) => this.filledIn(word, values)));
    if (words[0] === 'aws') return this.aws(words.slice(1));
    const [npm, run, name, dashes, ...args] = words;
    if (npm !== 'npm' || run !== 'run' || dashes !== '--') throw new Error(`${command}: neither npm run … -- nor aws.`);
    const { url, region } = this.account.embedded;
    const aheadMs = this.account.clock.now() - Date.now();
    const ending = await this.commands.run(name!, [...args, '--outputs', this.outputsFile], { url, region }, aheadMs);
    if (/^dlq show/.test(args.join(' '))) this.shown = ending.output;
    return ending;
  }

  /** Writes a file, and gives its path. */
  write(name: string, text: string): string {
    const file = path.join(this.folder, name);
    writeFileSync(file, text);
    return file;
  }

  /** Leaves nothing behind. */
  close(): void {
    this.commands.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async aws(words: string[]): Promise<Ending> {
    const { url: endpoint, region } = this.account.embedded;
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    try {
      return { code: 0, output: JSON.stringify(await sendAwsCommand({ endpoint, region, credentials }, words)) };
    } catch (error) {
      return { code: 254, output: `${(error as Error).name}: ${(error as Error).message}` };
    }
  }

  /** Values of the case go before outputs of the stacks; what has no underscore and no value means itself. */
  private async filledIn(word: string, values: Values): Promise<string> {
    let filled = '';
    let at = 0;
    for (const found of word.matchAll(/(?<![A-Za-z_])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*(?![A-Za-z_])/g)) {
      filled += word.slice(at, found.index) + (await this.meaningOf(found[0], values));
      at = found.index + found[0].length;
    }
    return filled + word.slice(at);
  }

  private async meaningOf(capitals: string, values: Values): Promise<string> {
    const value = values[capitals];
    if (value !== undefined) return typeof value === 'string' ? value : value();
    if (!capitals.includes('_') || WORDS.has(capitals)) return capitals;
    const [, logGroup] = /^LOG_GROUP_OF_(.+)$/.exec(capitals) ?? [];
    if (logGroup) return this.account.physicalId('AWS::Logs::LogGroup', pascal(logGroup));
    const [, name] = /^NAME_OF_(.+)$/.exec(capitals) ?? [];
    if (name) return this.nameOf(pascal(name));
    const output = this.account.outputs[pascal(capitals)];
    if (output !== undefined) return output;
    if (capitals === 'MESSAGE_ID') return this.firstShown();
    throw new Error(`${capitals}: no output of a stack, and nothing that the case names.`);
  }

  private nameOf(name: string): string {
    const types = ['AWS::Lambda::Function', 'AWS::Events::Rule', 'AWS::Scheduler::Schedule'];
    for (const type of types) {
      try {
        return this.account.physicalId(type, name);
      } catch {
        // It is of another type.
      }
    }
    throw new Error(`No function, rule or schedule is called ${name}.`);
  }

  /** The id of the first message that `dlq show` showed. */
  private firstShown(): string {
    const [messageId] = /^[0-9a-f]{8}-[0-9a-f-]{27}/m.exec(this.shown) ?? [];
    if (!messageId) throw new Error(`MESSAGE_ID: dlq show has shown none. ${this.shown}`);
    return messageId;
  }
}

function pascal(capitals: string): string {
  return capitals.replace(/(^|_)([A-Z0-9])([A-Z0-9]*)/g, (_all, _line, first, rest) => first + rest.toLowerCase());
}
