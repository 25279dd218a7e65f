import type { RestRequest, RestResponse, RestRoute } from '../../wire/service';
import type { InvokeModelInput } from './actions/invoke-model';
import type { ModelAnswer } from './model-answer';

/** The REST-JSON routes of the Bedrock runtime; bodies are the model's own. */
export const bedrockRoutes: readonly RestRoute[] = [
  { method: 'POST', path: '/model/{modelId}/invoke', action: 'InvokeModel', read: readInvocation, write: writeAnswer },
];

function readInvocation({ path, body }: RestRequest): InvokeModelInput {
  return { modelId: path.modelId, body };
}

function writeAnswer(answer: ModelAnswer): RestResponse {
  return { statusCode: 200, headers: answer.headers(), body: answer.body };
}
