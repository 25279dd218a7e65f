import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FileJournal, type FileJournalOptions } from '../../../local/kernel/file-journal';
import type { JournalCollection } from '../../../local/kernel/journal';
import { SeededRandom } from '../../../local/kernel/random';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('the journal on disk', () => {
  let root: string;
  let folder: string;
  let open: FileJournal[];
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'stepwright-journal-'));
    folder = path.join(root, 'data');
    open = [];
  });
  afterEach(() => {
    for (const journal of open) journal.close();
    rmSync(root, { recursive: true, force: true });
  });

  const start = (options?: FileJournalOptions, where = folder) => {
    const journal = new FileJournal(where, options);
    open.push(journal);
    return journal;
  };
  const restart = (journal: FileJournal, options?: FileJournalOptions) => {
    journal.close();
    return start(options);
  };
  const recordsOf = (journal: FileJournal, name: string) => [...journal.collection<unknown>(name).restored()];
  const logOf = (number: number) => path.join(folder, `log-00000${number}`);

  it('gives the records back as they were at the end of the turn, in the order in which their keys were first put', () => {
    const journal = start();
    const queue = journal.collection<object>('queue');
    const record = { body: 'é', sentAt: new Date(5), bytes: Buffer.from([1, 2]), marks: new Set(['x']), n: 1 };
    queue.put('b', record);
    queue.put('a', { n: 2 });
    queue.put('c', { n: 3 });
    record.n = 7;
    journal.commit();
    queue.delete('c');
    queue.put('b', record);
    const again = restart(journal);
    const restored = recordsOf(again, 'queue') as [string, typeof record][];
    expect(restored.map(([key]) => key)).toEqual(['b', 'a']);
    expect(restored[0]![1]).toMatchObject({ body: 'é', n: 7 });
    expect(restored[0]![1].sentAt.getTime()).toBe(5);
    expect([...restored[0]![1].bytes]).toEqual([1, 2]);
    expect([...restored[0]![1].marks]).toEqual(['x']);
    expect(recordsOf(again, 'nothing')).toEqual([]);
  });

  it('puts a key that was deleted and put again behind the others, in one turn as in two', () => {
    const journal = start();
    const queue = journal.collection<number>('queue');
    for (const key of ['a', 'b', 'c']) queue.put(key, 0);
    journal.commit();
    queue.delete('a');
    queue.put('a', 1);
    queue.put('a', 2);
    queue.delete('b');
    journal.commit();
    queue.put('b', 3);
    expect(recordsOf(restart(journal), 'queue')).toEqual([
      ['c', 0],
      ['a', 2],
      ['b', 3],
    ]);
  });

  it('commits at the end of the turn without being asked', async () => {
    const queue = start().collection<number>('queue');
    queue.put('a', 1);
    const before = readFileSync(logOf(1)).length;
    await turn();
    expect(readFileSync(logOf(1)).length).toBeGreaterThan(before);
  });

  it('refuses to lend a collection twice', () => {
    const journal = start();
    journal.collection('queue');
    expect(() => journal.collection('queue')).toThrow('asked for twice');
  });

  it('fails for a value that cannot be kept, names it, and writes nothing from then on', () => {
    const failures: Error[] = [];
    const journal = start({ onFailure: (error) => failures.push(error) });
    const queue = journal.collection<unknown>('queue');
    queue.put('bad', { call: () => 1 });
    expect(() => journal.commit()).toThrow('The record bad of queue cannot be kept');
    queue.put('good', 1);
    expect(() => journal.commit()).toThrow('The record bad of queue cannot be kept');
    expect(failures).toHaveLength(1);
  });

  describe('whose process was killed', () => {
    it('restores, wherever the file is cut, all commits that are whole and no part of another', () => {
      const random = new SeededRandom('cut anywhere');
      const journal = start();
      const collections = ['one', 'two'].map((name) => journal.collection<string>(name));
      const model = [new Map<string, string>(), new Map<string, string>()];
      const commits = [{ bytes: 0, state: snapshotOf(model) }];
      for (let turnNumber = 0; turnNumber < 15; turnNumber++) {
        for (let changes = 1 + Math.floor(random.next() * 4); changes > 0; changes--)
          change(random, collections, model);
        journal.commit();
        commits.push({ bytes: readFileSync(logOf(1)).length, state: snapshotOf(model) });
      }
      journal.close();
      const bytes = readFileSync(logOf(1));
      const copy = path.join(root, 'copy');
      for (let length = bytes.length; length >= 0; length--) {
        mkdirSync(copy, { recursive: true });
        writeFileSync(path.join(copy, 'log-000001'), bytes.subarray(0, length));
        const cut = new FileJournal(copy);
        const restored = ['one', 'two'].map((name) => recordsOf(cut, name));
        cut.close();
        expect(restored).toEqual(commits.findLast((commit) => commit.bytes <= length)!.state);
        // What is left is whole: it is written on, and read again.
        if (length % 50 === 0) {
          const next = new FileJournal(copy);
          next.collection<string>('three').put('k', 'v');
          next.close();
          const last = new FileJournal(copy);
          expect(recordsOf(last, 'three')).toEqual([['k', 'v']]);
          expect(recordsOf(last, 'one')).toEqual(restored[0]);
          last.close();
        }
        rmSync(copy, { recursive: true });
      }
    });

    it.each([
      ['cut short, with zeros after it', (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -5), Buffer.alloc(5)])],
      ['never written but made room for', (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(100)])],
    ])('takes a last record that was %s for torn', (_how, tear) => {
      const journal = start();
      journal.collection<number>('queue').put('a', 1);
      journal.commit();
      journal.close();
      writeFileSync(logOf(1), tear(readFileSync(logOf(1))));
      expect(recordsOf(start(), 'queue').length).toBeLessThanOrEqual(1);
    });

    it('fails for damage before the last record, with the file and the place', () => {
      const journal = start();
      const queue = journal.collection<string>('queue');
      const ends = ['first', 'second', 'third'].map((text) => {
        queue.put(text, text);
        journal.commit();
        return readFileSync(logOf(1)).length;
      });
      journal.close();
      const whole = readFileSync(logOf(1));
      for (let place = ends[0]!; place < ends[1]!; place++) {
        const bytes = Buffer.from(whole);
        bytes[place]! ^= 0x10;
        writeFileSync(logOf(1), bytes);
        expect(() => start()).toThrow(`log-000001 is damaged at byte ${ends[0]}`);
      }
      writeFileSync(logOf(1), whole);
      expect(recordsOf(start(), 'queue')).toHaveLength(3);
    });
  });

  it.each([
    ['Stepwright journal 2\n…', 'is written in format 2; this version of Stepwright reads format 1 only'],
    ['a shopping list, and a long one', 'is not a journal of Stepwright'],
  ])('refuses a file that begins with %j', (text, message) => {
    mkdirSync(folder);
    writeFileSync(logOf(1), text);
    expect(() => start()).toThrow(message);
  });

  describe('that is compacted', () => {
    const options = { compactAboveBytes: 20_000 };
    const fileNames = () => readdirSync(folder).filter((name) => name !== 'lock');
    const sizeBytes = () => fileNames().reduce((sum, name) => sum + readFileSync(path.join(folder, name)).length, 0);

    it('stays in proportion to what is live, and loses nothing', async () => {
      const random = new SeededRandom('compaction');
      let journal = start(options);
      let collections = ['one', 'two'].map((name) => journal.collection<string>(name));
      const model = [new Map<string, string>(), new Map<string, string>()];
      for (let turnNumber = 0; turnNumber < 3000; turnNumber++) {
        change(random, collections, model);
        change(random, collections, model);
        journal.commit();
        if (turnNumber % 7 === 0) await turn();
        if (turnNumber % 500 !== 499) continue;
        journal = restart(journal, options);
        const again = journal;
        expect(['one', 'two'].map((name) => recordsOf(again, name))).toEqual(snapshotOf(model));
        journal = restart(journal, options);
        collections = ['one', 'two'].map((name) => journal.collection<string>(name));
        for (const collection of collections) for (const _ of collection.restored());
      }
      for (let i = 0; i < 200 && fileNames().length > 2; i++) await turn();
      expect(fileNames().some((name) => name.startsWith('snapshot-'))).toBe(true);
      expect(sizeBytes()).toBeLessThan(60_000);
    });

    it('restores the same from every set of files that a kill may leave on the way', async () => {
      const journal = start(options);
      const queue = journal.collection<string>('queue');
      const expected = new Map<string, string>();
      const set = (key: string, value: string) => {
        queue.put(key, value);
        expected.set(key, value);
        journal.commit();
      };
      for (let i = 0; i < 20; i++) set(`k${i}`, 'x'.repeat(500));
      const stages: string[] = [];
      for (let i = 0; i < 90; i++) {
        set(`k${i % 7}`, `${i}`.repeat(100));
        const stage = path.join(root, `stage-${i}`);
        mkdirSync(stage);
        for (const name of fileNames()) copyFileSync(path.join(folder, name), path.join(stage, name));
        stages.push(stage);
        const copy = new FileJournal(stage);
        expect(recordsOf(copy, 'queue')).toEqual([...expected]);
        copy.close();
        await turn();
      }
      const kinds = new Set(stages.flatMap((stage) => readdirSync(stage)));
      expect([...kinds].filter((name) => name.startsWith('snapshot-')).length).toBeGreaterThan(0);
    });

    it('fails when a file in the middle is missing', () => {
      for (const number of [1, 3]) {
        mkdirSync(folder, { recursive: true });
        writeFileSync(logOf(number), 'Stepwright journal 1\n');
      }
      expect(() => start()).toThrow('log-000002 of the journal is missing');
    });

    it('takes only the end of the last file for torn', () => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(logOf(1), 'Stepwright journal 1\nabc');
      writeFileSync(logOf(2), 'Stepwright journal 1\nabc');
      expect(() => start()).toThrow('log-000001 is damaged at byte 21');
      truncateSync(logOf(1), 21);
      start();
      expect(readFileSync(logOf(2)).length).toBe(21);
    });
  });

  describe('on which another process works', () => {
    it('fails, and names the process', () => {
      start();
      expect(() => new FileJournal(folder)).toThrow(`${folder} is in use by process ${process.pid}`);
    });

    it('fails for a process that is alive, and takes over from one that has died', () => {
      mkdirSync(folder);
      writeFileSync(path.join(folder, 'lock'), JSON.stringify({ processId: process.ppid }));
      expect(() => new FileJournal(folder)).toThrow(`is in use by process ${process.ppid}`);
      const dead = spawnSync(process.execPath, ['-e', 'process.exit()']).pid;
      for (const text of [JSON.stringify({ processId: dead }), JSON.stringify({ processId: process.pid }), 'tor']) {
        writeFileSync(path.join(folder, 'lock'), text);
        start().close();
        expect(readdirSync(folder)).toEqual(['log-000001']);
      }
    });

    it('takes over from a process whose number another process has got since', () => {
      mkdirSync(folder);
      writeFileSync(path.join(folder, 'lock'), JSON.stringify({ processId: process.ppid, startedAt: '1' }));
      if (process.platform === 'linux') expect(() => start()).not.toThrow();
      else expect(() => start()).toThrow('is in use');
    });
  });
});

function change(random: SeededRandom, collections: JournalCollection<string>[], model: Map<string, string>[]): void {
  const which = Math.floor(random.next() * 2);
  const key = `k${Math.floor(random.next() * 12)}`;
  if (random.next() < 0.3) {
    collections[which]!.delete(key);
    model[which]!.delete(key);
  } else {
    const value = 'v'.repeat(Math.floor(random.next() * 60));
    collections[which]!.put(key, value);
    model[which]!.set(key, value);
  }
}

function snapshotOf(model: readonly Map<string, string>[]): [string, string][][] {
  return model.map((records) => [...records]);
}
