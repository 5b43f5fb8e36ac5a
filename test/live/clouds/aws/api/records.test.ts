/** What the data plane reads of the account's records. */
import assert from "node:assert/strict";
import type { AwsFacts } from "../../../../../lab/clouds/aws/balancer/facts.ts";
import { emulatedAccount } from "./emulatedAccount.ts";

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateHostedZone.html */
const path = "/2013-04-01/hostedzone";
const headers = {
  Authorization:
    "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/route53/aws4_request, SignedHeaders=host, Signature=0",
  "content-type": "application/xml",
};
const document = (root: string, content: string): string =>
  `<${root} xmlns="https://route53.amazonaws.com/doc/2013-04-01/">${content}</${root}>`;

const recordSet = (name: string, content: string): string =>
  `<Change><Action>CREATE</Action><ResourceRecordSet><Name>${name}</Name><Type>CNAME</Type>${content}</ResourceRecordSet></Change>`;

describe("the emulated records", function () {
  this.timeout(20_000);
  const emulated = emulatedAccount();

  async function post(to: string, body: string): Promise<string> {
    const response = await fetch(`${emulated.aws.endpoint}${to}`, { method: "POST", headers, body });
    const text = await response.text();
    assert.ok(response.ok, text);
    return text;
  }

  it("reach the data plane with their values; an alias has none, and is left out", async () => {
    const zone = await post(
      path,
      document("CreateHostedZoneRequest", "<Name>records.example</Name><CallerReference>1</CallerReference>"),
    );
    const [, id = ""] = /<Id>\/?(?:hostedzone\/)?(\w+)<\/Id>/.exec(zone) ?? [];
    const plain =
      "<TTL>60</TTL><ResourceRecords><ResourceRecord><Value>lb.example</Value></ResourceRecord></ResourceRecords>";
    const alias = `<AliasTarget><HostedZoneId>${id}</HostedZoneId><DNSName>shop.records.example</DNSName><EvaluateTargetHealth>false</EvaluateTargetHealth></AliasTarget>`;
    const changes = recordSet("shop.records.example", plain) + recordSet("alias.records.example", alias);
    await post(
      `${path}/${id}/rrset/`,
      document("ChangeResourceRecordSetsRequest", `<ChangeBatch><Changes>${changes}</Changes></ChangeBatch>`),
    );
    const { records } = (await (await fetch(`${emulated.aws.endpoint}/lab/facts`)).json()) as AwsFacts;
    assert.deepEqual(
      records.filter(({ name }) => name.includes("records.example")),
      [{ name: "shop.records.example.", target: "lb.example", ttlSeconds: 60, weight: 1 }],
    );
  });

  it("are deleted by name and set identifier: those of other names with the same identifier stay", async () => {
    const zone = await post(
      path,
      document(
        "CreateHostedZoneRequest",
        "<Name>weighted.example</Name><CallerReference>2</CallerReference>",
      ),
    );
    const [, id = ""] = /<Id>\/?(?:hostedzone\/)?(\w+)<\/Id>/.exec(zone) ?? [];
    const weighted = (name: string, identifier: string): string =>
      recordSet(
        `${name}.weighted.example`,
        `<SetIdentifier>${identifier}</SetIdentifier><Weight>1</Weight><TTL>60</TTL><ResourceRecords><ResourceRecord><Value>${name}-${identifier}</Value></ResourceRecord></ResourceRecords>`,
      );
    const change = (changes: string): Promise<string> =>
      post(
        `${path}/${id}/rrset/`,
        document(
          "ChangeResourceRecordSetsRequest",
          `<ChangeBatch><Changes>${changes}</Changes></ChangeBatch>`,
        ),
      );
    await change(weighted("one", "a") + weighted("one", "b") + weighted("two", "a"));
    await change(weighted("one", "a").replace("CREATE", "DELETE"));
    const { records } = (await (await fetch(`${emulated.aws.endpoint}/lab/facts`)).json()) as AwsFacts;
    assert.deepEqual(
      records.filter(({ name }) => name.includes("weighted.example")).map(({ target }) => target),
      ["one-b", "two-a"],
    );
  });
});
