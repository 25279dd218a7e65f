import { Construct } from 'constructs';
import { DebugDashboard } from './debug-dashboard';
import { ExecutiveDashboard } from './executive-dashboard';
import { OnCallDashboard } from './on-call-dashboard';
import type { DashboardProps } from './watched';

/** The three dashboards, which is what an account has for nothing: https://aws.amazon.com/cloudwatch/pricing/ */
export class Dashboards extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    new ExecutiveDashboard(this, 'Executive', props);
    new OnCallDashboard(this, 'OnCall', props);
    new DebugDashboard(this, 'Debug', props);
  }
}
