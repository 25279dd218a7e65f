import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkZip, unpackZip } from '../../../local/services/lambda/zip-archive';
import { zipFile } from '../../support/zip-file';

const UNREADABLE = 'Could not unzip uploaded file. Please check your file, then try to upload again.';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zip-archive-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a ZIP file', () => {
  it.each([
    ['deflated', false],
    ['stored', true],
  ])('is unpacked with its folders: %s', (_how, isStored) => {
    unpackZip(
      zipFile({ 'index.js': 'exports.a = 1;', 'node_modules/b/index.js': 'x'.repeat(5000) }, { isStored }),
      folder,
    );
    expect(readFileSync(join(folder, 'index.js'), 'utf8')).toBe('exports.a = 1;');
    expect(readFileSync(join(folder, 'node_modules/b/index.js'), 'utf8')).toHaveLength(5000);
  });

  it('may end with a comment', () => {
    const archive = Buffer.concat([zipFile({ 'index.js': 'a' }), Buffer.from('built yesterday')]);
    unpackZip(archive, folder);
    expect(readFileSync(join(folder, 'index.js'), 'utf8')).toBe('a');
  });

  it('may hold folders of its own', () => {
    unpackZip(zipFile({ 'src/': '', 'src/index.js': 'a' }), folder);
    expect(readFileSync(join(folder, 'src/index.js'), 'utf8')).toBe('a');
  });
});

describe('a ZIP file is rejected', () => {
  it.each([['../index.js'], ['/etc/passwd'], ['a/../../index.js'], ['..\\index.js'], ['..'], ['a\0b']])(
    'with an entry that would land elsewhere: %j',
    (name) => {
      expect(() => unpackZip(zipFile({ 'index.js': 'a', [name]: 'b' }), join(folder, 'inner'))).toThrow(UNREADABLE);
      expect(existsSync(join(folder, 'index.js'))).toBe(false);
    },
  );

  it.each([
    ['empty', Buffer.alloc(0)],
    ['a text', Buffer.from('exports.handler = async () => 1;'.repeat(10))],
    ['cut at its end', zipFile({ 'index.js': 'a' }).subarray(0, -8)],
  ])('when it is %s', (_what, bytes) => {
    expect(() => checkZip(bytes)).toThrow(UNREADABLE);
  });

  it('when it has no file', () => {
    expect(() => checkZip(zipFile({}))).toThrow('Uploaded file must be a non-empty zip');
  });

  it('when it says that it would be beyond 250 MB', () => {
    const archive = zipFile({ 'index.js': 'a' });
    archive.writeUInt32LE(262_144_001, archive.indexOf('PK\x01\x02') + 24);
    expect(() => checkZip(archive)).toThrow('Unzipped size must be smaller than 262144000 bytes');
  });

  it('when an entry is larger than it says', () => {
    const archive = zipFile({ 'index.js': 'a'.repeat(100_000) });
    archive.writeUInt32LE(10, archive.indexOf('PK\x01\x02') + 24);
    expect(() => unpackZip(archive, folder)).toThrow(UNREADABLE);
  });

  it('when an entry is a symbolic link', () => {
    const archive = zipFile({ 'index.js': '/etc/passwd' });
    archive.writeUInt32LE((0o120777 << 16) >>> 0, archive.indexOf('PK\x01\x02') + 38);
    expect(() => checkZip(archive)).toThrow(UNREADABLE);
  });

  it('cut at any byte, without a crash', () => {
    const archive = zipFile({ 'index.js': 'exports.a = 1;', 'b.js': 'b' });
    for (let length = 0; length < archive.length; length++) {
      expect(() => unpackZip(archive.subarray(0, length), folder)).toThrow(UNREADABLE);
    }
  });
});
