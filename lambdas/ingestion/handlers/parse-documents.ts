import { systemClock } from '../../shared/clock';
import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createDocumentParsers } from '../adapters/parsing/document-parsers';
import { isParsingThread } from '../adapters/parsing/parsing-thread';
import { jobFieldsOf } from '../domain/job-fields';
import { createStage } from '../domain/run-stage';
import { createParse } from '../domain/stages/parse';
import { sourceStore } from './wiring/source-store';
import { workStore } from './wiring/work-store';
import { workWriter } from './wiring/work-writer';

function createHandler() {
  const observability = powertoolsObservability();
  const parse = createParse({
    sources: sourceStore(),
    work: { ...workStore(), ...workWriter() },
    parser: createDocumentParsers({ threadFile: __filename, clock: systemClock }),
  });
  return observe(observability, createStage(parse, observability), jobFieldsOf);
}

/** The stage Parse. The same file, loaded by a worker, is the thread in which documents are parsed; it has no handler. */
export const handler = isParsingThread ? undefined : createHandler();
