/**
 * Transitions billed for one document in other public projects, counted from their definitions in November 2026: a state
 * entered is one, in every iteration of an inline Map.
 */
export const OTHER_INGESTIONS: readonly { name: string; transitions: string }[] = [
  { name: 'aws-samples/aws-genai-llm-chatbot file import (one Batch job)', transitions: '4' },
  { name: 'awslabs/generative-ai-cdk-constructs RagAppsync, one file', transitions: '5' },
  { name: 'aws-samples/step-functions-workflows-collection embedding', transitions: '7 (1 KB), 1,030 (1 MB)' },
  { name: 'accelerated-intelligent-document-processing-on-aws pattern 2', transitions: '9 (one section)' },
];
