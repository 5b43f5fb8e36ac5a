/** Clients of the AWS APIs. */
import { EC2Client } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingClient } from "@aws-sdk/client-elastic-load-balancing";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";

// Silences the SDK's warning about Node 20, which the project supports.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

export interface AwsClients {
  /** For Classic Load Balancers. */
  readonly elb: ElasticLoadBalancingClient;
  readonly elbv2: ElasticLoadBalancingV2Client;
  readonly ec2: EC2Client;
}

/**
 * The SDK finds missing settings as the AWS CLI does.
 * https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
 */
export function awsClients(environment: Readonly<Record<string, string>> = {}): AwsClients {
  const {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  } = environment;
  const settings = {
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(region === undefined ? {} : { region }),
    ...(accessKeyId === undefined || secretAccessKey === undefined
      ? {}
      : { credentials: { accessKeyId, secretAccessKey } }),
  };
  return {
    elb: new ElasticLoadBalancingClient(settings),
    elbv2: new ElasticLoadBalancingV2Client(settings),
    ec2: new EC2Client(settings),
  };
}
