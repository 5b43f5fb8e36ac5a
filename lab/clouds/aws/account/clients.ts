/** Clients for the AWS account's API. */
import { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import { EC2Client } from "@aws-sdk/client-ec2";
import { region } from "../layout.ts";
import { Route53 } from "../route53/route53.ts";

export interface AwsClients {
  readonly ec2: EC2Client;
  readonly autoScaling: AutoScalingClient;
  readonly route53: Route53;
}

/** Calls the API behind `endpoint` with clients that last for the call. */
export async function withAws<Result>(
  endpoint: string,
  use: (clients: AwsClients) => Promise<Result>,
): Promise<Result> {
  const settings = {
    endpoint,
    region,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  };
  const ec2 = new EC2Client(settings);
  const clients = {
    ec2,
    autoScaling: new AutoScalingClient(settings),
    route53: new Route53(ec2.config, endpoint),
  };
  try {
    return await use(clients);
  } finally {
    clients.ec2.destroy();
    clients.autoScaling.destroy();
  }
}
