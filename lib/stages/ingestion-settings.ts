import { z } from 'zod';

/** What ingestion asks of a stage. */
export const ingestionSettings = z.strictObject({
  embedding: z.strictObject({
    /** The Bedrock model that makes vectors of texts; another one needs an adapter of its own. */
    modelId: z.enum(['amazon.titan-embed-text-v2:0'], 'must be amazon.titan-embed-text-v2:0'),
    /** Numbers in a vector. Another number makes another index, and documents must be ingested again. */
    dimensions: z.union([z.literal(256), z.literal(512), z.literal(1024)], 'must be 256, 512 or 1024'),
  }),
  /** Documents that one Express child of a bulk load works on. */
  batchSize: z.int().min(1).max(100),
  /** Documents that one bulk load may have to work on: each is billed. PlanLoad refuses more. */
  mostLoadDocuments: z.int().min(1).max(1_000_000),
  /** Express children of a bulk load that run at once. */
  loadConcurrency: z.int().min(1).max(1000),
  /** How many copies of start-ingestion may work on the queue at once; 2 is the least that Lambda takes. */
  intakeConcurrency: z.int().min(2).max(1000),
  /** How often a message of the queue is tried before it goes to the dead-letter queue. */
  maxReceiveCount: z.int().min(3).max(100),
  /** A document, or a whole bulk load, that has not ended by then is stopped and parked. */
  machineTimeoutSeconds: z.int().min(3600).max(2_592_000),
  /** Days for which what stages hand each other is kept: longer than any execution lasts. */
  keepWorkDays: z.int().min(1).max(365),
  /** Days for which earlier versions of documents are kept. */
  keepVersionsDays: z.int().min(1).max(3650),
  /** How often the sweeper deletes the vectors of versions that were given up. */
  sweepMinutes: z.int().min(1).max(1440),
  /** What search and lists take together. */
  requestsPerSecond: z.int().min(1).max(10_000),
  burst: z.int().min(1).max(5000),
});

/** What is wrong between settings of ingestion: a path and a message, one for each. */
export function ingestionRefusals(settings: z.infer<typeof ingestionSettings>): { path: string[]; message: string }[] {
  const longest = settings.keepWorkDays * 86_400;
  if (settings.machineTimeoutSeconds < longest) return [];
  return [
    {
      path: ['ingestion', 'machineTimeoutSeconds'],
      message: `must be less than ${longest}, ingestion.keepWorkDays: an execution would lose what its stages made`,
    },
  ];
}
