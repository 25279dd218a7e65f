import { Stack } from 'aws-cdk-lib';
import type { TaskFunction } from '../../constructs/task-function';
import type { StageSettings } from '../../stages/stage-settings';

/** Lets a function ask the stage's model for vectors, that one alone, and tells it which it is. */
export function allowEmbedding(task: TaskFunction, { ingestion }: StageSettings): void {
  const { modelId, dimensions } = ingestion.embedding;
  const { partition, region } = Stack.of(task);
  // Models of AWS belong to no account: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrock.html
  task.allow(['bedrock:InvokeModel'], `arn:${partition}:bedrock:${region}::foundation-model/${modelId}`);
  task.function.addEnvironment('EMBEDDING_MODEL_ID', modelId);
  task.function.addEnvironment('EMBEDDING_DIMENSIONS', String(dimensions));
}
