/**
 * Validate, the last stage: sees that the vectors of the version are all there, well formed and found by themselves; makes the
 * version visible; then deletes those of the version that it replaced. Of a batch it also settles the documents that have
 * not come this far, and writes what became of each.
 */
import { errorFields } from '../../../shared/observability/log';
import type { Observability } from '../../../shared/observability/observe';
import { SIGNALS } from '../../../shared/observability/workflow-signals';
import { SupersededVersion, ValidationFailed } from '../../contracts/errors';
import { changeDocument } from '../change-document';
import type { DocumentVersion } from '../document';
import { isSuperseded, makeVisible } from '../document-changes';
import { type DeleteProps, deleteGarbage, rollBack } from '../hidden-vectors';
import { documentKeyOf, vectorKeyOf, vectorKeysOf } from '../identity';
import type { Job } from '../job';
import { jobFields } from '../job-fields';
import { versionOf } from '../job-version';
import type { WorkStore } from '../object-store';
import type { StageCall, StageWork } from '../run-stage';
import { readSegments } from '../segments';
import { madeBy } from '../stage-order';
import { timeToStop } from '../time-to-stop';
import { vectorFault } from '../vector-check';
import type { VectorStore } from '../vector-store';

/** What Validate works with. */
export interface ValidateProps extends DeleteProps, Observability {
  readonly work: Pick<WorkStore, 'get' | 'stream'>;
  readonly vectors: Pick<VectorStore, 'delete' | 'existing' | 'get' | 'query'>;
  readonly dimensions: number;
}

/** Chunks that are looked for by their own vectors, in one call of the stage. */
const SAMPLE_CHUNKS = 16;

/** A sampled chunk. */
interface Sample {
  readonly position: number;
  readonly textHash: string;
  readonly vector: Float32Array;
}

/** Validates one document. Throws ValidationFailed, SupersededVersion; then nothing visible has changed. */
export function createValidate(props: ValidateProps): StageWork {
  return async (job, call) => {
    const version = versionOf(job);
    const documentKey = documentKeyOf(job.tenant, job.path);
    try {
      await refuseSuperseded(props, documentKey, version);
      await checkVectors(props, job, documentKey, version, call);
      await switchTo(props, job, documentKey, version, timeToStop(props.clock, call.invocation));
      return job;
    } catch (error) {
      if (error instanceof SupersededVersion && error.isGivenUp) props.meter.count(SIGNALS.stepFenced);
      // In the single machine a failed version has a state of its own that rolls it back.
      const isMineToRollBack =
        error instanceof SupersededVersion || (error instanceof ValidationFailed && !call.isSingle);
      if (isMineToRollBack) await rollBack(props, version, timeToStop(props.clock, call.invocation));
      throw error;
    }
  };
}

async function refuseSuperseded(props: ValidateProps, documentKey: string, version: DocumentVersion): Promise<void> {
  const row = await props.documents.find(documentKey);
  if (row?.visible?.versionKey === version.versionKey || !isSuperseded(row, version)) return;
  throw new SupersededVersion('A later version of the document is visible, or it was deleted.');
}

async function checkVectors(
  { work, vectors, dimensions }: ValidateProps,
  job: Job,
  documentKey: string,
  { versionKey, tenant }: DocumentVersion,
  { documentCount }: StageCall,
): Promise<void> {
  const { key: chunksKey, chunkCount } = madeBy('Chunk', job.chunked);
  const { key: vectorsKey } = madeBy('Embed', job.embedded);
  const wanted = Math.max(1, Math.floor(SAMPLE_CHUNKS / documentCount));
  const every = Math.max(1, Math.floor(chunkCount / wanted));
  const samples: Sample[] = [];
  let position = 0;
  for await (const segment of readSegments(work, { chunksKey, vectorsKey, dimensions })) {
    for (const [index, vector] of segment.vectors.entries()) {
      const fault = vectorFault(vector, dimensions);
      if (fault) throw new ValidationFailed(`The vector of chunk ${position} is none: ${fault}.`);
      if (position % every === 0 && samples.length < wanted) {
        samples.push({ position, textHash: segment.chunks[index]!.textHash, vector });
      }
      position += 1;
    }
  }
  if (position !== chunkCount) {
    throw new ValidationFailed(`The document has ${chunkCount} chunks, of which ${position} have vectors.`);
  }
  await checkStored(vectors, documentKey, versionKey, chunkCount, samples);
  for (const sample of samples) await checkFound(vectors, { tenant, documentKey, versionKey }, sample);
}

async function checkStored(
  vectors: ValidateProps['vectors'],
  documentKey: string,
  versionKey: string,
  chunkCount: number,
  samples: readonly Sample[],
): Promise<void> {
  const there = await vectors.existing(vectorKeysOf(documentKey, versionKey, chunkCount));
  if (there.size !== chunkCount) {
    throw new ValidationFailed(`The index has ${there.size} of the ${chunkCount} vectors of the version.`);
  }
  const keyOf = ({ position }: Sample) => vectorKeyOf(documentKey, versionKey, position);
  const stored = await vectors.get(samples.map(keyOf));
  for (const sample of samples) {
    const vector = stored.get(keyOf(sample));
    if (!vector || vector.some((value, index) => value !== sample.vector[index])) {
      throw new ValidationFailed(`The index has another vector for chunk ${sample.position} than was put.`);
    }
  }
}

/** Texts that recur, such as licences, have one vector: whichever of them is found, counts. */
async function checkFound(
  vectors: ValidateProps['vectors'],
  filter: { tenant: string; documentKey: string; versionKey: string },
  { vector, textHash, position }: Sample,
): Promise<void> {
  const [hit] = await vectors.query({ vector, topK: 1, filter });
  if (hit?.metadata.textHash === textHash) return;
  throw new ValidationFailed(`Chunk ${position} is not found by its own vector.`);
}

async function switchTo(
  props: ValidateProps,
  job: Job,
  documentKey: string,
  version: DocumentVersion,
  until: number,
): Promise<void> {
  const facts = { title: job.parsed?.title, hasInstructions: job.parsed?.hasInstructions };
  const { before, after } = await changeDocument(props, documentKey, (row, now) =>
    makeVisible(row, version, facts, now),
  );
  if (before !== after) {
    props.meter.count(SIGNALS.good);
    if (job.askedAt !== undefined) props.meter.seconds(SIGNALS.endToEnd, (props.clock.now() - job.askedAt) / 1000);
  }
  try {
    const garbage = (after?.garbage ?? []).filter(({ mayGrow }) => !mayGrow);
    await deleteGarbage(props, documentKey, garbage, until);
  } catch (error) {
    // The row goes on to know of them; the sweeper deletes them.
    props.log.warn('Vectors of a replaced version are left to the sweeper', {
      ...jobFields(job),
      documentKey,
      ...errorFields(error),
    });
  }
}
