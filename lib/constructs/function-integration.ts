import type { HttpRouteIntegrationBindOptions } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';

/**
 * Answers routes with a function. The permission to invoke it names a path and any method of it: there is one for each path,
 * where CDK's own integration makes the same one again for each method.
 */
export class FunctionIntegration extends HttpLambdaIntegration {
  private readonly permitted = new Set<string>();

  protected override completeBind(options: HttpRouteIntegrationBindOptions): void {
    const path = options.route.path ?? '';
    if (this.permitted.has(path)) return;
    this.permitted.add(path);
    super.completeBind(options);
  }
}
