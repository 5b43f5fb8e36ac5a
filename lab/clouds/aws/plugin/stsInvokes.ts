/** Look-ups of the account. */
import type { GetCallerIdentityResult } from "@pulumi/aws/getCallerIdentity.js";
import { textIn } from "../calls/xml.ts";
import type { Properties } from "../../../providers/values.ts";
import type { Invoke, ResultOf } from "./lookUps.ts";
import type { Context } from "./resource.ts";

async function getCallerIdentity(_args: Properties, { sts }: Context) {
  const found = await sts.call("GetCallerIdentity", {});
  const accountId = textIn(found, "Account");
  return {
    accountId,
    arn: textIn(found, "Arn"),
    id: accountId,
    userId: textIn(found, "UserId"),
  } satisfies ResultOf<GetCallerIdentityResult>;
}

export const stsInvokes: Readonly<Record<string, Invoke>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": { arguments: {}, call: getCallerIdentity },
};
