import type { Caller } from './caller';
import type { Credentials } from './host';
import type { Access } from './service';

/** Who a caller is and what it may do. Implemented by the embedded IAM, asked by the gateway. */
export interface Authorizer {
  /** The caller that an access key of a request's signature stands for. Throws AwsError for one that has expired. */
  identify(accessKeyId: string): Caller;
  /** See {@link import('./host').Host.assumeRole}. */
  assumeRole(roleArn: string, servicePrincipal: string, sessionName: string, sourceArn?: string): Caller;
  credentialsOf(caller: Caller): Credentials;
  /**
   * Throws AwsError AccessDenied, in AWS's words, unless the caller's policies or the resource's policy allow it.
   * `service` is the API that was called, for the error's form; `resourcePolicy` the policy of `access.resource`.
   */
  authorize(caller: Caller, service: string, access: Access, resourcePolicy: object | undefined): void;
}
