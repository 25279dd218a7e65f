/** What production is told of its payment provider in tests. */
export const stripeSecretArn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:stripe-AbCdEf';
