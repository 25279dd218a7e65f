import type { Action } from '../../../wire/service';
import type { CustomResources } from '../custom-resources/custom-resources';

interface PutCustomResourceResponseInput {
  readonly Signature: string;
  readonly Body: Buffer;
}

/**
 * The answer of a custom resource, put to the URL that its function was given. No action of AWS's API: there it is an object in a
 * bucket of CloudFormation, and the URL alone lets it in, as here.
 */
export function putCustomResourceResponse(customResources: CustomResources): Action<PutCustomResourceResponseInput> {
  return { handle: ({ Signature, Body }) => customResources.answer(Signature, Body) };
}
