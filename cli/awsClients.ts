/** Clients of the AWS API: of the lab's, and of whatever the SDK's default chain finds. */
import { EC2Client } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { region } from "../lab/clouds/aws/layout.ts";
import type { LabSettings } from "../lab/settings.ts";
import { cloudApi } from "./labEnvironment.ts";

// The SDK would warn of Node 20, which is what the project supports; each new release of Node is its own news.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

export interface AwsClients {
  readonly elbv2: ElasticLoadBalancingV2Client;
  readonly ec2: EC2Client;
}

/** The lab's API takes any credentials. */
const anybody = "test";

export function labClients(settings: Pick<LabSettings, "ports">): AwsClients {
  const credentials = { accessKeyId: anybody, secretAccessKey: anybody };
  const lab = { region, endpoint: cloudApi(settings), credentials };
  return { elbv2: new ElasticLoadBalancingV2Client(lab), ec2: new EC2Client(lab) };
}
