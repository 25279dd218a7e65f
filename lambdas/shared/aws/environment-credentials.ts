/**
 * Stands in for `@aws-sdk/credential-provider-node` in the bundles (an alias of the bundler): Lambda hands a function
 * its credentials in environment variables, so the chain that also tries SSO, profiles, processes and metadata
 * servers is 95 KB that never run. https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
import { requireVariable } from '../environment';

/** The credentials that the runtime put into the environment; the runtime renews the environment with the function. */
export function defaultProvider() {
  return async () => ({
    accessKeyId: requireVariable('AWS_ACCESS_KEY_ID'),
    secretAccessKey: requireVariable('AWS_SECRET_ACCESS_KEY'),
    sessionToken: process.env.AWS_SESSION_TOKEN,
  });
}
