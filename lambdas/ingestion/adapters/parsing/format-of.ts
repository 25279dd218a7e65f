/** Which parser a document gets: by its name, then its content type, then its first bytes. What it is not, is refused. */
import { DocumentRefused } from '../../contracts/errors';
import type { ParsedFacts } from '../../domain/blocks';

/** The formats that are parsed. */
export type Format = ParsedFacts['format'];

const EXTENSIONS: Readonly<Record<string, Format>> = {
  md: 'markdown',
  markdown: 'markdown',
  mdown: 'markdown',
  mkd: 'markdown',
  mdx: 'markdown',
  txt: 'text',
  text: 'text',
  log: 'text',
  rst: 'text',
  adoc: 'text',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  pdf: 'pdf',
  docx: 'docx',
};

const CONTENT_TYPES: Readonly<Record<string, Format>> = {
  'text/markdown': 'markdown',
  'text/x-markdown': 'markdown',
  'text/plain': 'text',
  'text/html': 'html',
  'application/xhtml+xml': 'html',
  'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
};

/** Types that say nothing: what S3 and its clients write when they were told none. */
const NO_TYPES = new Set(['', 'application/octet-stream', 'binary/octet-stream', 'application/x-www-form-urlencoded']);

const ZIP = 'PK\u0003\u0004';
const COMPOUND_FILE = '\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1';
/** First bytes of files that are no text, however they are named. */
const BINARY: readonly (readonly [string, string])[] = [
  ['%PDF-', 'a PDF'],
  [ZIP, 'a ZIP archive'],
  [COMPOUND_FILE, 'an old Office file'],
  ['\u0089PNG', 'an image'],
  ['\u00ff\u00d8\u00ff', 'an image'],
  ['GIF8', 'an image'],
  ['\u001f\u008b', 'compressed'],
  ['BZh', 'compressed'],
  ['\u00fd7zXZ', 'compressed'],
  ['(\u00b5/\u00fd', 'compressed'],
  ['7z\u00bc\u00af', 'an archive'],
  ['Rar!', 'an archive'],
  ['\u007fELF', 'a program'],
  ['\u0000asm', 'a program'],
  ['SQLite format 3', 'a database'],
  ['OggS', 'a recording'],
  ['ID3', 'a recording'],
];

/** What is known of a document before it is parsed. */
export interface Label {
  readonly path: string;
  readonly contentType?: string;
  /** The first kilobyte. */
  readonly start: Uint8Array;
}

/** The format of a document. Throws DocumentRefused when it is none of ours, or its bytes are not what it says. */
export function formatOf({ path, contentType, start }: Label): Format {
  const first = Buffer.from(start.subarray(0, 1024)).toString('latin1');
  const format = namedFormat(path, contentType) ?? formatOfBytes(first);
  if (format === 'pdf') {
    if (!first.includes('%PDF-')) throw new DocumentRefused('The document is called a PDF and is none.');
  } else if (format === 'docx') {
    if (first.startsWith(COMPOUND_FILE)) {
      throw new DocumentRefused('The Word document is encrypted, or of the format before DOCX.');
    }
    if (!first.startsWith(ZIP)) throw new DocumentRefused('The document is called a DOCX and is none.');
  } else {
    const binary = BINARY.find(([bytes]) => first.startsWith(bytes));
    if (binary) throw new DocumentRefused(`The document is called ${format} and is ${binary[1]}.`);
  }
  return format;
}

/** By name and content type; undefined when neither says anything. */
function namedFormat(path: string, contentType = ''): Format | undefined {
  const extension = extensionOf(path);
  const byName = EXTENSIONS[extension];
  if (byName) return byName;
  const type = contentType.split(';')[0]!.trim().toLowerCase();
  const byType = CONTENT_TYPES[type];
  if (byType) return byType;
  // A file of addresses stands for what was fetched.
  const saysNothing = (extension === '' || extension === 'url') && NO_TYPES.has(type);
  if (saysNothing) return undefined;
  const what = extension && extension !== 'url' ? `.${extension}` : type;
  throw new DocumentRefused(`${what} is not supported: Markdown, text, HTML, PDF and DOCX are.`);
}

function formatOfBytes(first: string): Format {
  if (first.startsWith('%PDF-')) return 'pdf';
  if (first.startsWith(ZIP)) return 'docx';
  if (/^[\s\u00ef\u00bb\u00bf]*<(!doctype html|html)\b/i.test(first)) return 'html';
  return 'text';
}

/** The part of the file's name after its last dot: letters and digits, in lower case. */
function extensionOf(path: string): string {
  return /[^/.]\.([A-Za-z0-9]{1,10})$/.exec(path)?.[1]?.toLowerCase() ?? '';
}
