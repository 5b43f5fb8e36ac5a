/** What a failed look-up in the AWS account means for whoever runs the program. */

interface Meaning {
  /** Pattern of the plug-in's message. The official plug-in and the lab's word it differently. */
  readonly message: RegExp;
  readonly fix: string;
}

/** The first match decides. Codes: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
const meanings: readonly Meaning[] = [
  {
    message:
      /could not load credentials|no valid credential sources|failed to (retrieve|refresh) .*credentials/i,
    fix: "There are no AWS credentials. Log in with aws configure or aws sso login, or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Without any, npm run preview shows what the program declares.",
  },
  {
    message: /ExpiredToken|RequestExpired|token .*expired|session .*(expired|ended)/i,
    fix: "The AWS credentials have expired. Renew them, for example with aws sso login.",
  },
  {
    message:
      /InvalidClientTokenId|AuthFailure|SignatureDoesNotMatch|not able to validate the provided access credentials/i,
    fix: "AWS does not accept the credentials. Check AWS_PROFILE and AWS_ACCESS_KEY_ID with aws sts get-caller-identity, and that the account may use the region in aws:region.",
  },
  {
    message: /UnauthorizedOperation|AccessDenied|not authorized to perform/i,
    fix: "The credentials lack a permission. docs/permissions.md has the policy that the program needs.",
  },
  {
    message: /the lab's (AWS )?plug-in/i,
    fix: "The lab's own AWS plug-in does not answer this. Install the official one, or set kubeconfigFrom to kubectl.",
  },
  {
    message: /ENOTFOUND|no such host|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED/i,
    fix: "The AWS API cannot be reached. Check the name of the region in aws:region, and this machine's way to the internet.",
  },
];

/**
 * @param what what was looked up, as the subject of a sentence
 * @param message what the look-up failed with
 * @returns undefined for a failure that this table does not know: its own words are then all that there is
 */
export function lookUpFailure(what: string, message: string): string | undefined {
  const meaning = meanings.find((each) => each.message.test(message));
  if (meaning === undefined) return undefined;
  // The first line: the rest of an error of a plug-in is its trace.
  const [said = ""] = message.split("\n");
  return `${what} cannot be looked up on AWS. ${meaning.fix}\n  ${said}`;
}
