/** Clients of the lab's AWS API, for tests and benchmarks on the host. */
import { EC2Client } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { LabSettings } from "../../settings.ts";
import { cloudEnvironment } from "../environment.ts";

// The SDK would warn of Node 20, which is what the project supports; each new release of Node is its own news.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

export interface AwsClients {
  readonly elbv2: ElasticLoadBalancingV2Client;
  readonly ec2: EC2Client;
}

export function labClients(settings: Pick<LabSettings, "cloud" | "ports">): AwsClients {
  const {
    AWS_ENDPOINT_URL: endpoint = "",
    AWS_REGION: region = "",
    AWS_ACCESS_KEY_ID: accessKeyId = "",
    AWS_SECRET_ACCESS_KEY: secretAccessKey = "",
  } = cloudEnvironment(settings);
  const lab = { region, endpoint, credentials: { accessKeyId, secretAccessKey } };
  return { elbv2: new ElasticLoadBalancingV2Client(lab), ec2: new EC2Client(lab) };
}
