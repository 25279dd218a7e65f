/** Owns the metrics of models: https://docs.aws.amazon.com/bedrock/latest/userguide/monitoring-runtime-metrics.html */
import { AwsError } from '../../wire/aws-error';
import type { Bedrock } from './bedrock';
import type { ModelAnswer } from './model-answer';
import { foundationModelId } from './model-id';

/** The action with its metrics: successes with their latency and tokens, throttles, errors of the client and of the service. */
export function counted<Input extends { readonly modelId?: string }>(
  bedrock: Bedrock,
  handle: (input: Input) => ModelAnswer,
): (input: Input) => ModelAnswer {
  return (input) => {
    const ModelId = foundationModelId(input.modelId ?? '');
    const record = (name: string, value = 1, unit = 'Count') =>
      bedrock.host.metric('AWS/Bedrock', name, { ModelId }, value, unit);
    try {
      const answer = handle(input);
      record('Invocations');
      const { latencyMs, inputTokens } = answer.cost();
      record('InvocationLatency', latencyMs, 'Milliseconds');
      record('InputTokenCount', inputTokens);
      return answer;
    } catch (error) {
      if (error instanceof AwsError) record(metricOf(error));
      throw error;
    }
  };
}

function metricOf({ code, statusCode }: AwsError): string {
  if (code === 'ThrottlingException') return 'InvocationThrottles';
  return statusCode === 408 || statusCode >= 500 ? 'InvocationServerErrors' : 'InvocationClientErrors';
}
