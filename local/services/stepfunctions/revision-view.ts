import { findVariableReferences } from '../../engine/validation/variable-references';
import type { Revision } from './model';

/** What the Describe actions give of a revision; METADATA_ONLY leaves the definition out. */
export function describeRevision(revision: Revision, includedData: string | undefined): object {
  const hasDefinition = includedData !== 'METADATA_ONLY';
  const references = hasDefinition ? findVariableReferences(revision.definition) : {};
  return {
    ...(hasDefinition ? { definition: revision.definition } : {}),
    roleArn: revision.roleArn,
    loggingConfiguration: revision.logging,
    tracingConfiguration: revision.tracing,
    ...(revision.encryption === undefined ? {} : { encryptionConfiguration: revision.encryption }),
    ...(revision.revisionId === undefined ? {} : { revisionId: revision.revisionId }),
    ...(Object.keys(references).length === 0 ? {} : { variableReferences: references }),
  };
}
