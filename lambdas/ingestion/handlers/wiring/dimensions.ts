import { requireWholeNumber } from '../../../shared/environment';

/** The numbers of a vector. Throws an Error when EMBEDDING_DIMENSIONS is no whole number. */
export const embeddingDimensions = () => requireWholeNumber('EMBEDDING_DIMENSIONS');
