/**
 * Transitions billed and Lambda invocations of a happy order in other public projects, counted from their definitions
 * in November 2026: a state entered is one, in every branch and iteration, and each retry is one more.
 */
export const OTHER_SAGAS: readonly { name: string; transitions: string; lambdaCalls: string }[] = [
  { name: 'aws-samples/aws-step-functions-long-lived-transactions', transitions: '5', lambdaCalls: '3' },
  { name: 'cdk-patterns/serverless the-saga-stepfunction', transitions: '6', lambdaCalls: '5' },
  { name: 'aws-samples/step-functions-workflows-collection saga-pattern', transitions: '7', lambdaCalls: '5' },
  { name: 'aws-samples/step-functions-workflows-collection checkout', transitions: '8', lambdaCalls: '0' },
  { name: 'aws-samples/aws-stepfunctions-examples order (1 product)', transitions: '12', lambdaCalls: '3' },
];
