import { IngestionStacks } from '../../support/ingestion/ingestion-stacks';
import { raceVersions } from '../../support/ingestion/version-race';

const ROUNDS = 200;

let stacks: IngestionStacks;
beforeAll(async () => {
  stacks = await IngestionStacks.start();
}, 120_000);
afterAll(() => stacks.stop());

describe('readers during 200 switches of a document’s version', () => {
  it('are always answered one whole version, never an earlier one than before, and the latest at the end', async () => {
    const report = await raceVersions(stacks, ROUNDS);
    const { switches, superseded, answers, busyAnswers, editionsSeen } = report;
    console.info('version switches', { switches, superseded, answers, busyAnswers, editionsSeen });
    expect(report.faults).toEqual([]);
    expect(report.lastSeen).toBe(report.lastUploaded);
    expect(report.vectors).toBe(report.passages);
    expect(switches).toBeGreaterThanOrEqual(ROUNDS);
    expect(answers).toBeGreaterThan(2 * ROUNDS);
  });
});
