import type { Action } from '../../../wire/service';
import type { Bedrock } from '../bedrock';
import { answerEmbedding } from '../embedding/embedding-request';
import { modelTimedOut, throttled } from '../faults';
import { ModelAnswer } from '../model-answer';
import { checkModel, foundationModelId } from '../model-id';
import { counted } from '../model-metrics';

/** As the API has it. */
export interface InvokeModelInput {
  readonly modelId?: string;
  readonly body?: Uint8Array;
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html */
export function invokeModel(bedrock: Bedrock): Action<InvokeModelInput, ModelAnswer> {
  return {
    access: ({ modelId = '' }) => [
      {
        action: 'bedrock:InvokeModel',
        resource: `arn:aws:bedrock:${bedrock.host.region}::foundation-model/${foundationModelId(modelId)}`,
      },
    ],
    handle: counted(bedrock, ({ modelId = '', body = new Uint8Array() }) => {
      checkModel(modelId);
      const startedAtMs = bedrock.now();
      if (!bedrock.limit.admits(startedAtMs)) throw throttled();
      if (bedrock.takeTimeout()) throw modelTimedOut();
      const answer = answerEmbedding(body);
      const latencyMs = bedrock.now() - startedAtMs;
      return new ModelAnswer(answer, { inputTokens: answer.inputTextTokenCount, latencyMs });
    }),
  };
}
