import { IngestionStacks } from '../../support/ingestion/ingestion-stacks';
import { raceVersions } from '../../support/ingestion/version-race';

const ROUNDS = 10;

let stacks: IngestionStacks;
beforeAll(async () => {
  stacks = await IngestionStacks.start();
}, 120_000);
afterAll(() => stacks.stop());

describe('readers of a document whose versions race', () => {
  it('are always answered one whole version, never an earlier one than before, and the latest at the end', async () => {
    const report = await raceVersions(stacks, ROUNDS);
    expect(report.faults).toEqual([]);
    expect(report.lastSeen).toBe(report.lastUploaded);
    expect(report.vectors).toBe(report.passages);
    expect(report.switches).toBeGreaterThan(ROUNDS);
    expect(report.editionsSeen).toBeGreaterThan(ROUNDS / 2);
    expect(report.switches + report.superseded).toBeGreaterThanOrEqual(2 * ROUNDS);
  }, 120_000);
});
