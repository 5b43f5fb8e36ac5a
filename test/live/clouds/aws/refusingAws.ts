/** The lab's AWS API for a user without one permission. The lab does not imitate IAM, so this returns IAM's refusals. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A policy action, such as `ec2:DescribeSubnets`. */
export type Action = `${"ec2" | "elasticloadbalancing"}:${string}`;

export interface RefusingAws {
  readonly endpoint: string;
  readonly close: () => Promise<void>;
}

/** @param endpoint the API for all other actions */
export async function refusingAws(endpoint: string, refused: Action): Promise<RefusingAws> {
  const server = createServer((request, response) => void answer(request, response, endpoint, refused));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  endpoint: string,
  refused: Action,
): Promise<void> {
  let body = "";
  request.setEncoding("utf8");
  for await (const chunk of request) body += String(chunk);
  const [, action] = refused.split(":");
  if (new URLSearchParams(body).get("Action") === action) {
    response.writeHead(403, { "content-type": "text/xml" }).end(refusal(refused));
    return;
  }
  const { authorization = "", "content-type": type = "" } = request.headers;
  const answered = await fetch(endpoint, {
    method: "POST",
    headers: { authorization, "content-type": type },
    body,
  });
  response.writeHead(answered.status, { "content-type": "text/xml" }).end(await answered.text());
}

/**
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html#api-error-response and
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
function refusal(action: Action): string {
  const who = "arn:aws:iam::123456789012:user/jane";
  const message = `User: ${who} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`;
  return action.startsWith("ec2:")
    ? `<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>You are not authorized to perform this operation. ${message}</Message></Error></Errors><RequestID>1</RequestID></Response>`
    : `<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`;
}
