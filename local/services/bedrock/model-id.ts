import { modelNotFound, validation } from './faults';

/** The one model that answers here. */
export const TITAN_EMBED_TEXT_V2 = 'amazon.titan-embed-text-v2:0';

const FOUNDATION_MODEL_ARN = /^arn:aws[-a-z]*:bedrock:[a-z0-9-]+::foundation-model\/(.+)$/;
/** `provider.model`, with a version perhaps. */
const MODEL_ID = /^[a-z0-9-]+\.[a-z0-9-]+[a-z0-9.:-]*$/;

/** The id of a foundation model that a request names by its id or its ARN. */
export function foundationModelId(modelId: string): string {
  return FOUNDATION_MODEL_ARN.exec(modelId)?.[1] ?? modelId;
}

/** Throws ResourceNotFoundException for a model that is not here, ValidationException for what names no model. */
export function checkModel(modelId: string): void {
  const id = foundationModelId(modelId);
  if (id === TITAN_EMBED_TEXT_V2) return;
  throw MODEL_ID.test(id) ? modelNotFound() : validation('The provided model identifier is invalid.');
}
