/**
 * Readers of one document while its versions switch, two of them racing each time. Owns what an edition's text is and
 * what a reader may be answered: all passages of one edition, and none that is earlier than what it was answered before.
 */
import { documentKeyOf } from '../../../bin/commands/ingest/ingestion-stack';
import { executionsOf } from './executions';
import type { IngestionStacks } from './ingestion-stacks';
import { passagesIn, searchAs } from './search-as';

const TENANT = 'acme';
const PATH = 'races/edition.md';
/** The earlier of two that race is longer, so that the later one often overtakes it. */
const EARLIER_PARTS = 16;
const LATER_PARTS = 4;
const READERS = 2;
/** Real time that a race may take before the test gives up. */
const PATIENCE_MS = 60_000;

/** What was seen of the races. */
export interface RaceReport {
  /** Versions that became visible. */
  readonly switches: number;
  /** Versions that a later one overtook. */
  readonly superseded: number;
  readonly answers: number;
  /** Answers that asked to be asked again. */
  readonly busyAnswers: number;
  /** Editions that readers saw. */
  readonly editionsSeen: number;
  /** Answers that were no whole edition, or an earlier one than the same reader had seen before. */
  readonly faults: readonly string[];
  /** Editions that a reader finds at the end, and the one that was uploaded last. */
  readonly lastSeen: string | undefined;
  readonly lastUploaded: string;
  /** Vectors of the document in the index at the end, and passages of the edition that was uploaded last. */
  readonly vectors: number;
  readonly passages: number;
}

/** Uploads editions two at a time, `rounds` times, each time until the later one is visible; readers search all the while. */
export async function raceVersions(stacks: IngestionStacks, rounds: number): Promise<RaceReport> {
  const search = searchAs(stacks);
  const ask = () => search(TENANT, { q: 'what does this edition say', k: 25, path: PATH });
  const faults: string[] = [];
  const seen = new Set<string>();
  let answers = 0;
  let busyAnswers = 0;
  let isOver = false;

  /** One reader: it asks again as soon as it was answered. */
  const read = async (): Promise<void> => {
    let latest = 0;
    while (!isOver) {
      const answer = await ask();
      answers += 1;
      if (answer.statusCode === 503) {
        busyAnswers += 1;
        continue;
      }
      const texts = passagesIn(answer).map(({ text }) => text);
      const edition = editionIn(texts);
      if (edition === undefined) {
        faults.push(`no whole edition: ${JSON.stringify(texts.map(markOf).sort())}`);
      } else if (Number(edition) < latest) {
        faults.push(`edition ${edition} after edition ${latest}`);
      } else {
        latest = Number(edition);
        seen.add(edition);
      }
    }
  };

  let edition = 1;
  await becomesVisible(stacks, await upload(stacks, edition, LATER_PARTS));
  const readers = Array.from({ length: READERS }, read);
  try {
    for (let round = 1; round <= rounds; round += 1) {
      await upload(stacks, ++edition, EARLIER_PARTS);
      await becomesVisible(stacks, await upload(stacks, ++edition, LATER_PARTS));
    }
  } finally {
    isOver = true;
    await Promise.all(readers);
  }
  const ends = await endsOf(stacks);
  const keys = await stacks.vectorKeys();
  return {
    switches: ends.filter((status) => status === 'DocumentIngested').length,
    superseded: ends.filter((status) => status === 'DocumentSuperseded').length,
    answers,
    busyAnswers,
    editionsSeen: seen.size,
    faults,
    lastSeen: editionIn(passagesIn(await ask()).map(({ text }) => text)),
    lastUploaded: String(edition),
    vectors: keys.filter((key) => key.startsWith(`${documentKeyOf(TENANT, PATH)}#`)).length,
    passages: LATER_PARTS,
  };
}

/** An edition: sections that are a passage each, which say whose they are. */
function textOf(edition: number, parts: number): string {
  const filler = 'It goes on with words that every edition has, so that all of them answer the same question. '.repeat(
    8,
  );
  const sections = Array.from(
    { length: parts },
    (_, part) => `## Part ${part + 1}\n\nEdition ${edition} says this in part ${part + 1} of ${parts}. ${filler}`,
  );
  return `# The edition\n\n${sections.join('\n\n')}\n`;
}

function markOf(text: string): string {
  return /Edition \d+ says this in part \d+ of \d+/.exec(text)?.[0] ?? text.slice(0, 60);
}

/** The edition whose passages these are, all of them and no others. */
function editionIn(texts: readonly string[]): string | undefined {
  const [, edition, parts] = /Edition (\d+) says this in part \d+ of (\d+)/.exec(texts[0] ?? '') ?? [];
  const wanted = Array.from(
    { length: Number(parts) || 0 },
    (_, part) => `Edition ${edition} says this in part ${part + 1} of ${parts}`,
  );
  const isWhole = texts.map(markOf).sort().join('\n') === wanted.sort().join('\n');
  return edition !== undefined && isWhole ? edition : undefined;
}

async function upload(stacks: IngestionStacks, edition: number, parts: number): Promise<string> {
  const { VersionId } = await stacks.call('s3', 'PutObject', {
    Bucket: stacks.outputs.DocumentsBucketName,
    Key: `documents/${TENANT}/${PATH}`,
    Body: Buffer.from(textOf(edition, parts)),
  });
  return VersionId;
}

async function becomesVisible(stacks: IngestionStacks, versionId: string): Promise<void> {
  const search = searchAs(stacks);
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; ) {
    const { Item } = await stacks.call('dynamodb', 'GetItem', {
      TableName: stacks.outputs.DocumentsTableName,
      Key: { documentKey: { S: documentKeyOf(TENANT, PATH) } },
      ConsistentRead: true,
    });
    if (Item?.visible?.M.source.M.versionId.S === versionId) return;
    // Looks no more often than the API answers: looking must not keep the functions from working.
    await search(TENANT, { q: 'anything', k: 1 });
  }
  throw new Error(`The version that was uploaded last did not become visible. ${stacks.warnings.join('\n')}`);
}

/** How the executions of single documents ended; waits for those that still run. */
async function endsOf(stacks: IngestionStacks): Promise<string[]> {
  const arns = await executionsOf(stacks, stacks.outputs.IngestMachineArn);
  return Promise.all(arns.map((arn) => endOf(stacks, arn)));
}

async function endOf(stacks: IngestionStacks, executionArn: string): Promise<string> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; ) {
    const { status, output } = await stacks.call('states', 'DescribeExecution', { executionArn });
    if (status === 'SUCCEEDED') return JSON.parse(output).status;
    if (status !== 'RUNNING') return status;
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  throw new Error(`${executionArn} does not end.`);
}
