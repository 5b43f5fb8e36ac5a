/**
 * What a failed call of the AWS SDK means. Names of errors: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/CommonErrors.html and
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html; some come with the suffix `Exception`.
 */

type AwsSource = "ELB API" | "ELBv2 API" | "EC2 API";

interface SdkError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** What a policy must allow, for errors that do not name the missing action. */
const actions: Readonly<Record<AwsSource, string>> = {
  "ELB API": "elasticloadbalancing:Describe*",
  "ELBv2 API": "elasticloadbalancing:Describe*",
  "EC2 API":
    "ec2:DescribeInstances, ec2:DescribeSecurityGroups, ec2:DescribeSecurityGroupRules, ec2:DescribeSubnets, ec2:DescribeRouteTables, ec2:DescribeNetworkInterfaces and ec2:DescribeAddresses",
};

interface Meaning {
  /** Pattern of the error's name or message. */
  readonly name?: RegExp;
  readonly message?: RegExp;
  readonly reason: (error: Error, source: AwsSource) => string;
}

/** The first match decides. */
const meanings: readonly Meaning[] = [
  {
    name: /^(CredentialsProvider|TokenProvider)Error$/,
    message: /sso|token.*expired|expired.*token/i,
    reason: () => "the AWS single sign-on session has ended; log in again: aws sso login",
  },
  {
    // https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/setting-credentials-node.html
    name: /^CredentialsProviderError$/,
    reason: () =>
      "no AWS credentials found: not in the environment (AWS_ACCESS_KEY_ID), not in ~/.aws for the profile (AWS_PROFILE), not from single sign-on, a web identity " +
      "or a role of this machine; log in with aws configure or aws sso login, or set AWS_PROFILE",
  },
  {
    message: /^Region is missing/,
    reason: () => "the AWS region is not known; set AWS_REGION to the cluster's",
  },
  {
    name: /^(ExpiredToken|RequestExpired)(Exception)?$/,
    reason: () => "the AWS credentials have expired; renew them, for example with aws sso login",
  },
  {
    name: /^(InvalidClientTokenId|UnrecognizedClient|AuthFailure|SignatureDoesNotMatch|InvalidAccessKeyId|IncompleteSignature)(Exception)?$/,
    reason: ({ name }, source) =>
      `the ${source} does not accept the AWS credentials (${name}); check AWS_PROFILE and AWS_ACCESS_KEY_ID with aws sts get-caller-identity`,
  },
  { message: /not authorized to perform: /, reason: ({ message }) => missingPermission(message) },
  {
    name: /^(AccessDenied|UnauthorizedOperation|OperationNotPermitted)(Exception)?$/,
    reason: (_, source) => `no permission in the ${source}: the policy must allow ${actions[source]}`,
  },
  {
    name: /^(Throttling|ThrottledException|RequestLimitExceeded|RequestThrottled|TooManyRequests|SlowDown)(Exception)?$/,
    reason: (_, source) => `the ${source} throttles this account's calls; try again in a minute`,
  },
  {
    name: /^(LoadBalancer|AccessPoint|TargetGroup|Listener)NotFound(Exception)?$/,
    reason: () => "the load balancer, or a part of it, was deleted during the reading; try again",
  },
];

export function awsReason(error: Error, source: AwsSource): string | undefined {
  const meaning = meanings.find(
    ({ name, message }) => (name?.test(error.name) ?? true) && (message?.test(error.message) ?? true),
  );
  if (meaning !== undefined) return meaning.reason(error, source);
  const { $metadata } = error as SdkError;
  if ($metadata?.httpStatusCode === undefined) return undefined;
  const [text = ""] = error.message.split("\n");
  return `the ${source} answered ${error.name} (${$metadata.httpStatusCode}): ${text.slice(0, 300)}`;
}

/** Such as: User: arn:aws:iam::123456789012:user/jane is not authorized to perform: ec2:DescribeSubnets because ... */
function missingPermission(message: string): string {
  const action = /not authorized to perform: ([\w-]+:\w+)/.exec(message)?.[1] ?? "the action";
  const who = /User: (\S+)/.exec(message)?.[1];
  return `no permission for ${action}${who === undefined ? "" : ` as ${who}`}; a policy must allow it`;
}
